using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Behaviour.Tests;

/// <summary>Two classes: what tests judge is the probability of the positive one.</summary>
public sealed class BehaviourOfClassesTests
{
    private static readonly ClassSet Classes = new(["no", "yes"]);

    // The logarithm of the odds is −2 + 4 temperature.
    private static readonly LinearModel Model = new()
    {
        Target = "Count", Classes = Classes, Fields = [new FieldRule("temp", FieldKind.Real, 0, 1)], Scale = TargetTransform.Identity,
        Transform = new([new NumberTerm("temp", 0, 0, 1)]), Intercept = -2, Coefficients = [4],
    };

    private static readonly IReadOnlyList<LabelledRow> Rows =
    [
        .. Enumerable.Range(0, 100).Select(index => new LabelledRow(
            new() { ["temp"] = index / 100.0 }, index % 100 > 50 ? 1 : 0, Model.Predict(new[] { index / 100.0 }))),
    ];

    [Fact]
    public void A_probability_is_what_is_expected()
    {
        // 1 / (1 + e^−1.6) = 0.832 at 0.9.
        Judge(t => t.Expect("hot days are wanted", x => x.Temperature >= 0.9, p => p > 0.83)).Verdict.ShouldBe(Verdict.Passed);
        Judge(t => t.Expect("hot days are wanted", x => x.Temperature >= 0.9, p => p > 0.84)).Evidence
            .ShouldContain("""{"temp":0.9} → 0.832""");
    }

    [Fact]
    public void A_direction_is_one_of_the_probability()
    {
        Judge(t => t.Increasing(x => x.Temperature)).Verdict.ShouldBe(Verdict.Passed);
        Judge(t => t.Decreasing(x => x.Temperature)).Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public void A_tolerance_is_a_distance_of_probabilities()
    {
        // From 0.119 to 0.881: 0.762 apart.
        Judge(t => t.Invariant(x => x.Temperature, [0, 1], tolerance: 0.77)).Verdict.ShouldBe(Verdict.Passed);
        Judge(t => t.Invariant(x => x.Temperature, [0, 1], tolerance: 0.75)).Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public void A_shift_is_judged_by_the_metric_of_the_first_gate()
    {
        var shifted = Judge(t => t.Shifted(x => x.Temperature, by: 0.3, worseAtMost: 0.01));

        (shifted.Verdict, shifted.Evidence[..8]).ShouldBe((Verdict.Failed, "Log-loss"));
    }

    private static CheckOutcome Judge(Action<BehaviourBuilder<Trip>> declare)
    {
        var builder = new BehaviourBuilder<Trip>(Trip.Contract, "");
        declare(builder);
        var predictions = new PredictionSet(
            "candidate", [.. Enumerable.Range(0, Rows.Count)], [.. Rows.Select(row => row.Label)],
            [.. Rows.Select(row => row.Prediction.Value)], new Dictionary<string, double[]>()) { Classes = Classes, Unit = BlockUnit.Row };
        return builder.Tests.ShouldHaveSingleItem().Judge(new(Model, Rows, predictions, Metrics.LogLoss, 1, []));
    }
}
