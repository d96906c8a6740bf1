package com.gogogoapi.benchmark.report;

/**
 * One promise and what became of it.
 *
 * @param comparedWith what {@code measured} was held against in the same run
 * @param ratio measured by compared
 * @param state said as it is, also when it is not met
 */
public record Target(String what, String measured, String comparedWith, String ratio, String wanted, State state) {

    public enum State {
        MET("yes"),
        NOT_MET("**no**"),
        NOT_MEASURED("not measured");

        private final String said;

        State(String said) {
            this.said = said;
        }

        String said() {
            return said;
        }
    }

    /** {@code measured} is to be at least {@code bound} times {@code compared}. */
    public static Target atLeast(
            String what, double measured, String comparedWith, double compared, String unit, double bound) {
        return of(
                what,
                measured,
                comparedWith,
                compared,
                unit,
                "≥ " + Figures.ratio(bound),
                measured >= bound * compared);
    }

    /** {@code measured} is to be at most {@code bound} times {@code compared}. */
    public static Target atMost(
            String what, double measured, String comparedWith, double compared, String unit, double bound) {
        return of(
                what,
                measured,
                comparedWith,
                compared,
                unit,
                "≤ " + Figures.ratio(bound),
                measured <= bound * compared);
    }

    private static Target of(
            String what,
            double measured,
            String comparedWith,
            double compared,
            String unit,
            String wanted,
            boolean met) {
        return new Target(
                what,
                Figures.of(measured, unit),
                comparedWith + ": " + Figures.of(compared, unit),
                Figures.ratio(measured / compared),
                wanted,
                met ? State.MET : State.NOT_MET);
    }

    /** Something that is to be so, whatever it is compared with. */
    public static Target thatIs(String what, String measured, String wanted, boolean met) {
        return new Target(what, measured, "", "", wanted, met ? State.MET : State.NOT_MET);
    }

    public static Target notMeasured(String what, String why, String wanted) {
        return new Target(what, why, "", "", wanted, State.NOT_MEASURED);
    }
}
