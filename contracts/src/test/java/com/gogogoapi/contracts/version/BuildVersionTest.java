package com.gogogoapi.contracts.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BuildVersionTest {

    @Test
    void isTheOneOfThePom() throws IOException {
        assertThat(BuildVersion.text()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + BuildVersion.text() + "</version>");
    }

    @Test
    void leadsToARelease() {
        assertThat(BuildVersion.text()).startsWith(BuildVersion.release().toString());
        assertThat(BuildVersion.release().toString()).doesNotContain("SNAPSHOT");
    }
}
