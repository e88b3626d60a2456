using System.Text.Json.Serialization;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>Sine and cosine of a number, or of a part of a date, that comes round again.</summary>
/// <param name="Column">The column it is made of.</param>
/// <param name="Period">Length of the cycle in the column's unit.</param>
/// <param name="Part">What is taken from a date; null for a number.</param>
public sealed record CyclicFeature(
    string Column,
    double Period,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DatePart? Part = null) : FeatureSpec(Column)
{
    /// <summary>How many values a part of a date has before it begins again.</summary>
    internal static double PeriodOf(DatePart part) => part switch
    {
        DatePart.Month => 12,
        DatePart.Quarter => 4,
        DatePart.Week => 52.1775,
        DatePart.Day => 30.436875,
        DatePart.DayOfYear => 365.2425,
        DatePart.Hour => 24,
        _ => 7,
    };

    /// <inheritdoc />
    public override string Describe() => $"cycle of {Column}";

    internal override string? Expected(FieldKind kind) => Part != null ? CalendarFeature.ExpectedDate(kind) : base.Expected(kind);

    internal override bool IsConstant(FittingRows rows) =>
        Part is { } part ? FittingRows.Same(rows.Values(Column).Select(value => DatePartTerm.PartOf(value, part))) : base.IsConstant(rows);

    internal override IEnumerable<FeatureTerm> Fit(FittingRows rows, bool standardise) =>
        [new CyclicTerm(Column, rows.Field(Column), Period, Part)];
}
