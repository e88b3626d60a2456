using static System.FormattableString;

namespace MlOpsBuild.Reporting.Maturity;

/// <summary>
/// The ML Test Score (Breck, Cai, Nielsen, Salib and Sculley 2017): 28 tests in four sections, a point for each that runs by itself, half a
/// point for one that was done by hand and is written down; the score is the least of the four sums.
/// </summary>
/// <param name="Tests">The tests, in their order.</param>
public sealed record TestScore(IReadOnlyList<ScoredTest> Tests)
{
    private const double ByHand = 0.5;

    /// <summary>The score, 0 to 7.</summary>
    public double Score => Tests.GroupBy(test => test.Section).Min(section => section.Sum(test => test.Points));

    /// <summary>What its authors say that it means.</summary>
    public string Meaning => Score switch
    {
        0 => "more of a research project than a productionized system",
        <= 1 => "not totally untested, but with possibly serious holes",
        <= 2 => "a first pass at basic productionization; more is worth investing",
        <= 3 => "reasonably tested; more of it could be automated",
        <= 5 => "strong automated testing and monitoring",
        _ => "exceptional",
    };

    /// <summary>The score by what the store shows, and what people declare for the rest.</summary>
    public static TestScore Of(MaturityFacts facts)
    {
        var seen = new SeenEvidence(facts);
        return new(
        [
            .. Section("data",
                ("feature expectations are captured in a schema", seen.Validated), ("all features are beneficial", null),
                ("no feature's cost is too much", null), ("features adhere to meta-level requirements", null),
                ("the data pipeline has appropriate privacy controls", null), ("new features can be added quickly", null),
                ("all input feature code is tested", seen.Contracted)),
            .. Section("model",
                ("model specs are reviewed and submitted", null), ("offline and online metrics correlate", seen.Aspect("loss")),
                ("all hyperparameters have been tuned", null), ("the impact of model staleness is known", seen.Triggered),
                ("a simpler model is not better", seen.BeatsSimpler),
                ("model quality is sufficient on important slices", facts.SlicedReport),
                ("the model is tested for considerations of inclusion", null)),
            .. Section("infrastructure",
                ("training is reproducible", seen.TwiceTheSame), ("model specs are unit tested", null),
                ("the ML pipeline is integration tested", seen.Contracted),
                ("model quality is validated before serving", seen.ServedAfterGates),
                ("the model is debuggable by a single example", null), ("models are canaried before serving", seen.JudgedByCanary),
                ("serving models can be rolled back", seen.RolledBack)),
            .. Section("monitoring",
                ("dependency changes result in notification", null), ("data invariants hold for inputs", seen.Aspect("requests")),
                ("training and serving are not skewed", seen.Aspect("skew")), ("models are not too stale", seen.Triggered),
                ("models are numerically stable", seen.Contracted),
                ("computing performance has not regressed", seen.JudgedByCanary),
                ("prediction quality has not regressed", seen.Aspect("loss", "estimated loss"))),
        ]);

        IEnumerable<ScoredTest> Section(string name, params (string Test, string? Evidence)[] tests) => tests.Select((test, index) =>
            test.Evidence != null ? new ScoredTest(name, index + 1, test.Test, 1, test.Evidence)
            : facts.Declarations.LastOrDefault(declared => declared.Test == Invariant($"{name} {index + 1}")) is { } declared
                ? new(name, index + 1, test.Test, ByHand, Invariant($"{declared.Owner}, {declared.Date:yyyy-MM-dd}: {declared.What}"))
            : new(name, index + 1, test.Test, 0, null));
    }
}
