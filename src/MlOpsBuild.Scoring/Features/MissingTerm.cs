using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

/// <summary>1 where a field is missing, else 0.</summary>
/// <param name="Name">The column.</param>
/// <param name="Field">Position in the row.</param>
public sealed record MissingTerm(string Name, int Field) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => 1;

    /// <inheritdoc />
    public override IEnumerable<string> Names => [$"{Name} missing"];

    /// <inheritdoc />
    public override void Write(InputRow row, Span<double> columns) => columns[0] = double.IsNaN(row[Field]) ? 1 : 0;
}
