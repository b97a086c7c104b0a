package org.imsession.camel.bench;

final class Scale implements Bench.Subject {
    @Override
    public Table measure() {
        throw new UnsupportedOperationException();
    }
}
