package com.example.cli;

import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** What the {@code camel} of an installed Camel CLI does. */
public final class Camel {

    private Camel() {
    }

    public static void main(String... args) {
        CamelJBangMain.run(args);
    }
}
