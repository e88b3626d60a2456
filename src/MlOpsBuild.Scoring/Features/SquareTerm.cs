namespace MlOpsBuild.Scoring.Features;

/// <summary>The square of a field, standardised: (x² − mean) / scale.</summary>
public sealed record SquareTerm(string Name, int Field, double Mean, double Scale) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => 1;

    /// <inheritdoc />
    public override IEnumerable<string> Names => [$"{Name}²"];

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<double> row, Span<double> columns) => columns[0] = ((row[Field] * row[Field]) - Mean) / Scale;
}
