using System.Globalization;
using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training;

/// <summary>What is predicted: a number on a scale, or one of some classes.</summary>
/// <param name="Scale">The scale on which numbers are fitted.</param>
/// <param name="Classes">The classes; null where numbers are predicted.</param>
/// <param name="Clamps">Whether predictions are brought into the label's range of the contract; else those beyond are only told.</param>
public sealed record TargetSpec(
    TargetTransform Scale,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ClassSet? Classes = null,
    bool Clamps = false)
{
    /// <summary>Whether answers that are texts are scored: a score of 1 is what is wanted of every case.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Scored { get; init; }

    // Beyond, sums of squares are no numbers any more, and trainers in single precision know no such label.
    private const double Largest = 1e30;

    /// <summary>Values that a prediction may have; null for any, and for classes.</summary>
    internal LabelRange? RangeOf(DataContract contract) =>
        Classes == null && contract.Label.Rule is { } rule && (rule.Minimum ?? rule.Maximum) != null
            ? new(rule.Minimum, rule.Maximum, Clamps)
            : null;

    /// <summary>The labels as trainers take them.</summary>
    /// <exception cref="StageFailedException">A label has no place on the scale.</exception>
    internal IReadOnlyList<double> LabelsOf(DataTable table, IReadOnlyList<int> positions)
    {
        var labels = table.Label;
        return Classes != null
            ? [.. positions.Select(position => LabelClasses.PositionOf(table.Contract.Label, labels[position]))]
            : [.. positions.Select(position => labels[position])
                .Select(label => Scale.Apply(label) is var target && Math.Abs(target) <= Largest
                    ? target
                    : throw NoTarget(table.Contract.Label.Name, label))];
    }

    /// <summary>The labels as predictions are compared with them.</summary>
    internal double[] KnownOf(DataTable table) => Scored ? [.. Enumerable.Repeat(1.0, table.Rows)]
        : Classes == null ? table.Label : [.. table.Label.Select(label => LabelClasses.PositionOf(table.Contract.Label, label))];

    private StageFailedException NoTarget(string column, double label) => new(new Finding(
        "MLB2039", "A label cannot be fitted", $"column {column}", label.ToString(CultureInfo.InvariantCulture),
        Scale == TargetTransform.Log1p ? "a number above −1, since the target is ln(1 + y)" : "a number up to 1e30",
        "correct the row, or give the column a range in the contract"));
}
