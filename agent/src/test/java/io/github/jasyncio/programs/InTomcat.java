package io.github.jasyncio.programs;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat with two applications, {@code one} and {@code two}, each with an {@link OrdersServlet} of its own; asks both, and stops it. */
public final class InTomcat {

    private InTomcat() {}

    /** Wants the directory in which the applications are. */
    public static void main(String[] arguments) throws Exception {
        Path base = Path.of(arguments[0]);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true); // nothing less than a warning
        List<String> applications = List.of("one", "two");
        for (String application : applications) {
            Context context = tomcat.addContext(
                    "/" + application, base.resolve(application).toString());
            Tomcat.addServlet(context, "orders", OrdersServlet.class.getName());
            context.addServletMappingDecoded("/*", "orders");
        }
        tomcat.start();
        HttpClient client = HttpClient.newHttpClient();
        for (String application : applications) {
            URI uri = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/" + application);
            HttpRequest request = HttpRequest.newBuilder(uri).build();
            System.out.println(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
        tomcat.stop();
        tomcat.destroy();
    }
}
