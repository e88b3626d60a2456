using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>
/// An ONNX file; it predicts numbers in the target's unit. Its inputs are either one row of numbers, which the fitted features make, or the
/// fields themselves by their names.
/// </summary>
public sealed record OnnxModel : ForeignModel
{
    /// <summary>Name of the assembly and package that scores it.</summary>
    public const string Library = "MlOpsBuild.Onnx";

    /// <summary>The file.</summary>
    public required byte[] File { get; init; }

    /// <summary>Input row → design row, where the file takes one row of numbers.</summary>
    public required FeatureTransform Transform { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override string? ScoredBy => Library;

    /// <inheritdoc />
    protected override IRowScorer Open() => ForeignLibrary.Load<IScoringLibrary>(Library).Open(this);
}
