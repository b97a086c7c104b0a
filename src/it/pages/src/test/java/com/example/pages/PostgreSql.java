package com.example.pages;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A server of its own with the empty database im, for a page whose reader has one. As root it runs as the user postgres. */
final class PostgreSql implements AutoCloseable {

    private static final String START = """
            set -eu
            programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
            PATH=$PATH:$programs
            command -v initdb >/dev/null || { echo 'It needs the programs of PostgreSQL: apt-get install postgresql'; exit 1; }
            folder=$(mktemp -d)
            initdb -D "$folder/data" -A trust -U im --no-instructions -E UTF8 --no-locale >"$folder/log"
            pg_ctl -D "$folder/data" -w -t 120 -l "$folder/log" -o "-p $1 -k $folder -c listen_addresses=127.0.0.1" start >/dev/null
            createdb -h 127.0.0.1 -p "$1" -U im im
            echo "$folder"
            """;
    private static final String STOP = """
            PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
            pg_ctl -D "$1/data" -m immediate stop >/dev/null
            rm -rf "$1"
            """;

    private final int port;
    private final String folder;

    PostgreSql() throws IOException, InterruptedException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        folder = run(START, String.valueOf(port));
    }

    /** What tells psql where it is. */
    Map<String, String> environment() {
        return Map.of("PGHOST", "127.0.0.1", "PGPORT", String.valueOf(port), "PGUSER", "im");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run(STOP, folder);
    }

    private static String run(String script, String argument) throws IOException, InterruptedException {
        String asItsUser = System.getProperty("user.name").equals("root")
                ? "exec setpriv --reuid=postgres --regid=postgres --init-groups --reset-env " : "exec ";
        Process process = new ProcessBuilder("sh", "-c", "cd / && " + asItsUser + "sh -c \"$0\" sh \"$1\"", script, argument)
                .redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new AssertionError("PostgreSQL: " + printed);
        }
        return printed;
    }
}
