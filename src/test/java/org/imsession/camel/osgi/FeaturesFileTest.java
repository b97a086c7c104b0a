package org.imsession.camel.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The features file that the build attaches for Karaf. */
class FeaturesFileTest {

    private static List<Element> elements(String name) throws Exception {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new File("target/feature/features.xml"));
        NodeList found = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static List<String> classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator)).map(each -> Path.of(each).getFileName().toString())
                .toList();
    }

    @Test
    void everyLibraryHasTheVersionThatThisWasTestedWith() throws Exception {
        List<String> jars = elements("bundle").stream().map(each -> each.getTextContent().split("/"))
                .filter(parts -> !parts[1].equals("camel-imsession")).map(parts -> parts[1] + "-" + parts[2] + ".jar")
                .toList();
        assertThat(jars).hasSizeGreaterThan(10);
        assertThat(classPath()).containsAll(jars);
    }

    @Test
    void noLibraryIsForcedUponAContainerThatHasIt() throws Exception {
        assertThat(elements("bundle")).filteredOn(each -> !each.getAttribute("dependency").equals("true"))
                .extracting(each -> each.getTextContent().split("/")[1]).containsExactly("camel-imsession");
    }

    @Test
    void camelIsTheContainersInAnyVersionThatServes() throws Exception {
        assertThat(elements("feature")).filteredOn(each -> each.getTextContent().equals("camel-core")).singleElement()
                .satisfies(each -> assertThat(each.getAttribute("version")).isEqualTo("[4.14,5)"));
    }
}
