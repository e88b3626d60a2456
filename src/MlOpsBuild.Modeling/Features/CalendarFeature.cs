using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>One column per value of a part of a date or time.</summary>
/// <param name="Column">The column it is made of.</param>
/// <param name="Part">What is taken from it.</param>
public sealed record CalendarFeature(string Column, DatePart Part) : FeatureSpec(Column)
{
    /// <inheritdoc />
    public override string Describe() => $"{Part.ToString().ToLowerInvariant()} of {Column}";

    internal override string? Expected(FieldKind kind) => ExpectedDate(kind);

    internal override bool IsConstant(FittingRows rows) => FittingRows.Same(Parts(rows));

    internal override IEnumerable<FeatureTerm> Fit(FittingRows rows, bool standardise) =>
        [new DatePartTerm(Column, rows.Field(Column), Part, FittingRows.Seen(Parts(rows)))];

    internal static string? ExpectedDate(FieldKind kind) => kind is FieldKind.Date or FieldKind.Time
        ? null
        : "a DateOnly or DateTime property; .OneHot(…) or .Cyclic(…) for a number of a month or an hour";

    private IEnumerable<double> Parts(FittingRows rows) => rows.Values(Column).Select(value => DatePartTerm.PartOf(value, Part));
}
