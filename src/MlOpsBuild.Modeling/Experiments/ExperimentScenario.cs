using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Experiments;

/// <summary>Users that are known through and through, of whom tests of the judge draw.</summary>
/// <param name="Name">What they are, in words.</param>
/// <param name="Policy">What is measured of them.</param>
/// <param name="Draw">Draws a user whose mean is larger by a part: what it counts for before the test and in it.</param>
/// <param name="Correlation">Correlation of both; null where it is not known in closed form.</param>
public sealed record ExperimentScenario(
    string Name, ExperimentPolicy Policy, Func<SplitMix64, double, (double Before, double Value)> Draw, double? Correlation)
{
    private const double Buys = 0.3;
    private const double Converts = 0.2;
    private const double Rho = 0.8;
    private const double Mean = 10;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ExperimentScenario> All { get; } =
    [
        new("revenue, half of the users", Revenue(0.3, 50, before: false), Spends, null),
        new("revenue, a tenth of the users", Revenue(0.5, 10, before: false), Spends, null),
        new("conversion of a fifth", Revenue(0.2, 50, before: false) with { Quantity = ExperimentQuantity.Conversion }, Decides, null),
        new("normal values, known before with a correlation of 0.8", Revenue(0.012, 50, before: true), Repeats, Rho),
    ];

    private static ExperimentPolicy Revenue(double detect, double percent, bool before) => new("revenue")
    {
        Detect = detect, Percent = percent, Before = before ? TimeSpan.FromDays(14) : null,
    };

    // Few buy, and some of them for much more than others.
    private static (double Before, double Value) Spends(SplitMix64 random, double more)
    {
        var level = Math.Exp(random.NextNormal() / 2);
        return (Basket(), (1 + more) * Basket());

        double Basket() => random.NextDouble() < Buys ? level * random.NextExponential() : 0;
    }

    private static (double Before, double Value) Decides(SplitMix64 random, double more) =>
        (random.NextDouble() < Converts ? 1 : 0, random.NextDouble() < Converts * (1 + more) ? 1 : 0);

    private static (double Before, double Value) Repeats(SplitMix64 random, double more)
    {
        var before = random.NextNormal();
        return (Mean + before, (Mean * (1 + more)) + (Rho * before) + (Math.Sqrt(1 - (Rho * Rho)) * random.NextNormal()));
    }
}
