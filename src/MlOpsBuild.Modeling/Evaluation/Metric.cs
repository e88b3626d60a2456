using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>
/// A measure of predictions against what happened. It is prepared once for a set of predictions, and then cheap for
/// every resampling of its blocks.
/// </summary>
/// <param name="name">Its name, with its setting where it has one.</param>
/// <param name="direction">Which way it improves.</param>
/// <param name="loss">What it charges for one row.</param>
/// <param name="undefined">Why it has no value where it has none.</param>
public abstract class Metric(string name, Direction direction, RowLoss loss, string undefined)
{
    /// <summary>Its name, with its setting where it has one, for example <c>Precision at 0.3</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Which way it improves.</summary>
    public Direction Direction { get; } = direction;

    /// <summary>What it charges for one row; what gates and canaries compare row by row.</summary>
    [JsonIgnore]
    public RowLoss Loss { get; } = loss;

    /// <summary>Why it has no value where it has none.</summary>
    [JsonIgnore]
    public string Undefined { get; } = undefined;

    /// <summary>Whether it is in the target's unit.</summary>
    [JsonIgnore]
    public bool HasUnit { get; internal init; }

    /// <summary>Whether it may be of both signs, and is best at zero.</summary>
    [JsonIgnore]
    public bool IsSigned { get; internal init; }

    /// <summary>Its best value.</summary>
    [JsonIgnore]
    public double Best => Direction == Direction.LowerIsBetter ? 0 : 1;

    /// <summary>Whether it measures answers that are texts, by their scores, and no predictions.</summary>
    [JsonIgnore]
    public virtual bool OfAnswers => false;

    /// <summary>Whether it measures predictions of these classes; null are numbers.</summary>
    public abstract bool Suits(ClassSet? classes);

    /// <summary>
    /// The value that is judged: of a metric whose best value is zero and lies between others, the distance from it. A bias of
    /// −50 is no better than one of 50.
    /// </summary>
    public double Judged(double value) => IsSigned ? Math.Abs(value) : value;

    /// <summary>Whether <paramref name="value"/> cannot be improved by more than <paramref name="rounding"/>.</summary>
    public bool IsBest(double value, double rounding) => Math.Abs(value - Best) <= rounding;

    /// <summary>The value on all rows; NaN where it is undefined.</summary>
    public double Of(PredictionSet set)
    {
        var blocks = Blocks.Whole(set);
        return set.Count == 0 ? double.NaN : Prepare(set, blocks)([.. Enumerable.Repeat(1, blocks.Count)]);
    }

    /// <summary>The value, or why there is none.</summary>
    public MetricValue ValueOf(PredictionSet set)
    {
        var value = Of(set);
        return new(Name, value, Direction, set.Count)
        {
            Undefined = !double.IsNaN(value) ? null : set.Count == 0 ? "there are no rows" : Undefined
        };
    }

    /// <summary>Its value as a function of how often each block counts.</summary>
    internal abstract Statistic Prepare(PredictionSet set, Blocks blocks);
}
