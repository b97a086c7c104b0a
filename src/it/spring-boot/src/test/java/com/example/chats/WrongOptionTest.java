package com.example.chats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An option that is none ends the start, with its name and the one that was meant, and without its value. */
@ExtendWith(OutputCaptureExtension.class)
class WrongOptionTest {

    @Test
    void aMisspeltOptionIsRefusedByName(CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(Application.class, "--server.port=0",
                "--camel.component.imsession.pasword=s3cret")).isInstanceOf(Exception.class);
        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains("camel.component.imsession.pasword")
                .contains("did you mean camel.component.imsession.password?")
                .doesNotContain("s3cret");
    }

    @Test
    void aMisspeltOptionIsRefusedWithoutAnyRoute(CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(Application.class, "--server.port=0",
                "--camel.main.java-routes-exclude-pattern=**", "--camel.component.imsession.maxpendin=1"))
                .isInstanceOf(Exception.class);
        assertThat(output.getAll()).contains("did you mean camel.component.imsession.max-pending?");
    }
}
