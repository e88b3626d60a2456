using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

/// <summary>The square of a field, standardised: (x² − mean) / scale.</summary>
/// <param name="Name">The column.</param>
/// <param name="Field">Position in the row.</param>
/// <param name="Mean">What is subtracted.</param>
/// <param name="Scale">What it is divided by.</param>
/// <param name="Missing">What a missing value is taken for before it is squared; null leaves it missing.</param>
public sealed record SquareTerm(string Name, int Field, double Mean, double Scale, double? Missing = null) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => 1;

    /// <inheritdoc />
    public override IEnumerable<string> Names => [$"{Name}²"];

    /// <inheritdoc />
    public override void Write(InputRow row, Span<double> columns) =>
        columns[0] = (ValueOr(row[Field], Missing) is var value ? (value * value) - Mean : 0) / Scale;
}
