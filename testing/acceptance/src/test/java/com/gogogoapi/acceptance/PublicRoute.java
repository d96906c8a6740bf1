package com.gogogoapi.acceptance;

import com.gogogoapi.proxy.parameters.QueryParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A route of the public door as its controller declares it, so that a test of every route misses none.
 *
 * @param parameters the query parameters that it knows
 * @param ignoresOthers whether it ignores others instead of refusing them
 */
record PublicRoute(String method, String path, Set<String> parameters, boolean ignoresOthers) {

    boolean isOperators() {
        return path.contains("/v1/operator/");
    }

    boolean takesABody() {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /** As a failure names it. */
    @Override
    public String toString() {
        return method + " " + path;
    }

    static List<PublicRoute> all() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        var routes = new ArrayList<PublicRoute>();
        for (var bean : scanner.findCandidateComponents("com.gogogoapi.proxy")) {
            add(routes, String.valueOf(bean.getBeanClassName()));
        }
        return routes;
    }

    private static void add(List<PublicRoute> routes, String controllerName) {
        try {
            var controller = Class.forName(controllerName);
            var onClass = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
            var prefixes = onClass == null ? new String[] {""} : onClass.path();
            for (var method : controller.getDeclaredMethods()) {
                var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    var known = method.getAnnotation(QueryParameters.class);
                    for (var prefix : prefixes) {
                        for (var path : mapping.path()) {
                            routes.add(new PublicRoute(
                                    mapping.method()[0].name(),
                                    prefix + path,
                                    known == null ? Set.of() : Set.of(known.value()),
                                    known != null && known.ignoresOthers()));
                        }
                    }
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
