package com.example.pages;

import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** What the {@code camel} of an installed Camel CLI does, which is JBang's script of one line. */
public final class Camel {

    private Camel() {
    }

    public static void main(String... args) {
        CamelJBangMain.run(args);
    }
}
