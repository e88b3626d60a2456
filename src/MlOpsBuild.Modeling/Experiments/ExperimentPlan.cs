using static System.FormattableString;

namespace MlOpsBuild.Modeling.Experiments;

/// <summary>What an A/B test can see, told before it begins; it is judged by these numbers and no others.</summary>
/// <param name="Units">Units of both arms that it is made for.</param>
/// <param name="Needed">Units that show the smallest effect that must be seen with the power that was asked for.</param>
/// <param name="Detect">That effect, in the metric's unit.</param>
/// <param name="Margin">Up to which difference versions are the same, in the metric's unit.</param>
/// <param name="Mean">The metric before.</param>
/// <param name="Deviation">Standard deviation of a unit's value.</param>
/// <param name="Correlation">Correlation of that with what is known of a unit before; 0 where nothing is used.</param>
/// <param name="Seen">The effect that <paramref name="Units"/> show with that power.</param>
public sealed record ExperimentPlan(
    int Units, int Needed, double Detect, double Margin, double Mean, double Deviation, double Correlation, double Seen)
{
    /// <summary>Units that mean and deviation are known from; 0 where they are what somebody expects.</summary>
    public int KnownFrom { get; init; }

    /// <summary>New units a day, of late; null where no traffic was seen.</summary>
    public double? PerDay { get; init; }

    /// <summary>Days until the last unit is complete; null where no traffic was seen.</summary>
    public double? Days { get; init; }

    /// <summary>A line each for whoever decides whether to begin.</summary>
    public IReadOnlyList<string> Describe(ExperimentPolicy policy) =>
    [
        Invariant($"{policy.Name}: mean {Mean:G4}, deviation {Deviation:G4} ({(KnownFrom > 0 ? Invariant($"seen of {KnownFrom:N0} units before") : "expected, not seen")}); what is known before explains {Correlation * Correlation:0 %} of the variance"),
        Invariant($"made for {Units:N0} units, {policy.Percent:0.##} % of them with the version on test: sees a difference of {Seen:G3}{Part(Seen)} in {policy.Power:0.#%} of tests, and one that is not there in at most {policy.Alpha:0.#%} ({(policy.Design == ExperimentDesign.AlwaysValid ? "however often one looks" : "at one look, at the end")})"),
        Invariant($"versions are the same within ±{Margin:G3}{Part(Margin)}; outcomes of a unit count for {Length(policy.Window)} from its first request on"),
        Days is { } days
            ? Invariant($"at {PerDay:N0} new units a day it takes about {Math.Ceiling(days):N0} days, the last unit's time included")
            : "how long it takes is not known: no request named a unit yet",
    ];

    /// <summary>What speaks against beginning; null when nothing does.</summary>
    public string? Warning(ExperimentPolicy policy) =>
        Needed > Units
            ? Invariant($"{Units:N0} units are too few to see {Detect:G3}{Part(Detect)} in {policy.Power:0.#%} of tests: that takes {Needed:N0}")
            : Days > LongestDays ? Invariant($"{Math.Ceiling(Days.Value):N0} days are long: people change, and cookies are lost; look for a larger effect, or a metric that varies less")
            : null;

    private const double LongestDays = 60;

    private static string Length(TimeSpan time) =>
        time.TotalDays >= 1 ? Counted(time.TotalDays, "day") : time.TotalHours >= 1 ? Counted(time.TotalHours, "hour")
        : Invariant($"{time.TotalSeconds:0.#} s");

    private static string Counted(double count, string unit) => Invariant($"{count:0.#} {unit}{(count == 1 ? "" : "s")}");

    private string Part(double effect) => Mean == 0 ? "" : Invariant($" ({effect / Math.Abs(Mean):0.##%})");
}
