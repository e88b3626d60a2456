using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Scoring;

/// <summary>
/// What a model's probability really means, fitted on rows that it was not trained on: never falling, so that no order changes. Either a
/// logistic curve of the log-odds, or straight lines between points.
/// </summary>
/// <param name="Slope">Of the log-odds; above 0. Null where points say it.</param>
/// <param name="Offset">Added to them. Null where points say it.</param>
/// <param name="Inputs">Ascending probabilities of the model; null where the curve says it.</param>
/// <param name="Outputs">What each of these means; between two of them in proportion, beyond them as at the ends.</param>
public sealed record ProbabilityMap(
    double? Slope, double? Offset,
    [property: JsonConverter(typeof(OneLineArray<double>))] double[]? Inputs,
    [property: JsonConverter(typeof(OneLineArray<double>))] double[]? Outputs)
{
    private const double Least = 1e-15;

    /// <summary>Log-odds of a probability in [0, 1], cut at 1e-15.</summary>
    public static double LogOdds(double probability) =>
        Math.Clamp(probability, Least, 1 - Least) is var cut ? Math.Log(cut / (1 - cut)) : double.NaN;

    /// <summary>What <paramref name="probability"/> means, in [0, 1].</summary>
    public double Of(double probability)
    {
        if (double.IsNaN(probability))
        {
            return probability;
        }

        if (Slope is { } slope && Offset is { } offset)
        {
            return 1 / (1 + Math.Exp(-((slope * LogOdds(probability)) + offset)));
        }

        var (inputs, outputs) = (Inputs!, Outputs!);
        var at = Array.BinarySearch(inputs, probability);
        if (at >= 0)
        {
            return outputs[at];
        }

        var next = ~at;
        return next == 0 ? outputs[0]
            : next == inputs.Length ? outputs[^1]
            : outputs[next - 1]
                + ((outputs[next] - outputs[next - 1]) * ((probability - inputs[next - 1]) / (inputs[next] - inputs[next - 1])));
    }

    /// <summary>What a prediction means: of many classes each by its own map, brought to a sum of 1 again.</summary>
    internal static Prediction Of(IReadOnlyList<ProbabilityMap> maps, Prediction prediction)
    {
        if (prediction.Count == 1)
        {
            return maps[0].Of(prediction.Value);
        }

        var each = new double[prediction.Count];
        var sum = 0.0;
        for (var position = 0; position < each.Length; position++)
        {
            sum += each[position] = maps[position].Of(prediction[position]);
        }

        for (var position = 0; position < each.Length; position++)
        {
            each[position] = sum > 0 ? each[position] / sum : 1.0 / each.Length;
        }

        return new(each);
    }
}
