package org.imsession.camel.bench;

final class Converters implements Bench.Subject {
    @Override
    public Table measure() {
        throw new UnsupportedOperationException();
    }
}
