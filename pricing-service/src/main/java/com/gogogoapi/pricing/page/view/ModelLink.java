package com.gogogoapi.pricing.page.view;

/**
 * A model and where the page tells about it.
 *
 * @param anchor the id of its section, unique as long as model names are
 */
public record ModelLink(String model, String anchor) {

    static ModelLink to(String model) {
        return new ModelLink(model, "route-" + model.replaceAll("[^a-zA-Z0-9-]", "_"));
    }
}
