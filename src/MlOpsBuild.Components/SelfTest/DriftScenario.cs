namespace MlOpsBuild.Components.SelfTest;

/// <summary>How samples are drawn from one series, and what is done to the second one.</summary>
/// <param name="Name">In words.</param>
/// <param name="Before">Days or rows before.</param>
/// <param name="Now">Days or rows now.</param>
/// <param name="ByDay">Whether whole days are drawn; else single rows.</param>
/// <param name="Change">What is done to the values now: given all values of the column and the ones drawn; null where nothing is.</param>
internal sealed record DriftScenario(string Name, int Before, int Now, bool ByDay, Func<double[], double[], double[]>? Change)
{
    private const double Shift = 0.5;
    private const int EveryTwentieth = 20;

    /// <summary>No drift at several sizes, and two drifts.</summary>
    public static IReadOnlyList<DriftScenario> All { get; } =
    [
        new("no drift: 50 rows, 50 rows", 50, 50, false, null),
        new("no drift: 5,000 rows, 20 rows", 5000, 20, false, null),
        new("no drift: 1,000 rows, 1,000 rows", 1000, 1000, false, null),
        new("no drift: 60 days, 30 days", 60, 30, true, null),
        new("no drift: 365 days, 30 days", 365, 30, true, null),
        new("half a deviation higher: 365 days, 30 days", 365, 30, true, (all, now) => Shifted(all, now)),
        new("half a deviation higher: 1,000 rows, 200 rows", 1000, 200, false, (all, now) => Shifted(all, now)),
        new(
            "5 % become 1000: 365 days, 30 days", 365, 30, true,
            (_, now) => [.. now.Select((value, at) => at % EveryTwentieth == 0 ? 1000 : value)]),
    ];

    private static double[] Shifted(double[] all, double[] now)
    {
        var mean = all.Average();
        var by = Shift * Math.Sqrt(all.Average(value => (value - mean) * (value - mean)));
        return [.. now.Select(value => value + by)];
    }
}
