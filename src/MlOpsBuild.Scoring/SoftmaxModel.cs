using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Explaining;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring;

/// <summary>
/// A linear model of three or more classes on a fitted feature transform: probabilities in proportion to exp of each class's sum.
/// </summary>
public sealed record SoftmaxModel : TrainedModel, IExplainedModel
{
    /// <inheritdoc />
    [JsonIgnore]
    public bool CanExplain => Means != null;

    /// <summary>Input row → design row.</summary>
    public required FeatureTransform Transform { get; init; }

    /// <summary>The constants, class by class.</summary>
    public required double[] Intercepts { get; init; }

    /// <summary>Class by class, one per design column.</summary>
    public required IReadOnlyList<double[]> Coefficients { get; init; }

    /// <summary>Mean of each design column over the training rows; null in models from before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? Means { get; init; }

    /// <inheritdoc />
    public IReadOnlyList<Explanation> Explain(InputRow row)
    {
        var design = new double[Transform.Width];
        Transform.Write(row, design);
        return
        [
            .. Intercepts.Select((intercept, position) => ContributionSum.Of(
                Transform, LinearModel.Products(Coefficients[position], design, Means), ScoreUnit.Logit, Classes?.Names[position],
                LinearModel.Sum(intercept, Coefficients[position], design))),
        ];
    }

    /// <inheritdoc />
    protected override Prediction Compute(InputRow row)
    {
        Span<double> design = Transform.Width <= FeatureTransform.OnStack
            ? stackalloc double[Transform.Width]
            : new double[Transform.Width];
        Transform.Write(row, design);
        var each = new double[Intercepts.Length];
        for (var position = 0; position < each.Length; position++)
        {
            each[position] = LinearModel.Sum(Intercepts[position], Coefficients[position], design);
        }

        Softmax.Apply(each);
        return new(each);
    }
}
