using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Behaviour.Tests;

/// <summary>An hour of rentals, and a model of it that anybody can compute: 10 + 200 temperature + 5 hour.</summary>
public sealed record Trip(
    [property: Identifier] int Id,
    [property: Column("dteday"), Timestamp] DateOnly Day,
    [property: Column("hr"), Range(0, 23)] int Hour,
    [property: Column("workingday")] bool WorkingDay,
    [property: Column("temp"), Range(0, 1)] double? Temperature,
    [property: Categories("basic", "plus")] string Plan,
    [property: PersonalData] string? Name,
    [property: Leak("a part of the label")] int Casual,
    [property: Label] double Count)
{
    public const int Rows = 240;

    internal static DataContract Contract { get; } = ContractReader.Of<Trip>();

    internal static LinearModel Model { get; } = new()
    {
        Target = "Count",
        Fields = [new FieldRule("temp", FieldKind.Real, 0, 1, Optional: true), new FieldRule("hr", FieldKind.Whole, 0, 23)],
        Scale = TargetTransform.Identity,
        Transform = new([new NumberTerm("temp", 0, 0, 1, Missing: 0.5), new NumberTerm("hr", 1, 0, 1)]),
        Intercept = 10,
        Coefficients = [200, 5],
    };

    /// <summary>Ten days of rows, as an evaluation leaves them.</summary>
    internal static IReadOnlyList<LabelledRow> Requests { get; } =
    [
        .. Enumerable.Range(0, Rows).Select(index =>
        {
            var (hour, temperature) = (index % 24, index / 24 / 10.0);
            var said = 10 + (200 * temperature) + (5 * hour);
            return new LabelledRow(
                new()
                {
                    ["dteday"] = $"2011-01-{1 + (index / 24):00}", ["hr"] = hour, ["workingday"] = index / 24 % 7 < 5 ? 1 : 0,
                    ["temp"] = temperature, [nameof(Plan)] = index % 2 == 0 ? "basic" : "plus",
                },
                said + ((index % 5) - 2), Model.Predict(new double[] { temperature, hour }));
        }),
    ];

    internal static PredictionSet Predictions { get; } = new(
        "candidate", [.. Enumerable.Range(0, Rows)], [.. Requests.Select(row => row.Label)],
        [.. Requests.Select(row => row.Prediction.Value)], new Dictionary<string, double[]>()) { Unit = BlockUnit.Row };

    internal static BehaviourRows Evaluated => new(Model, Requests, Predictions, Metrics.Rmse, 1, ["Name"]);
}
