namespace MlOpsBuild.Scoring.Features;

/// <summary>A field, standardised: (x − mean) / scale.</summary>
public sealed record NumberTerm(string Name, int Field, double Mean, double Scale) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => 1;

    /// <inheritdoc />
    public override IEnumerable<string> Names => [Name];

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<double> row, Span<double> columns) => columns[0] = (row[Field] - Mean) / Scale;
}
