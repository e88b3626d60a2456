using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>A fitted ML.NET chain.</summary>
public sealed record MlNetModel : ForeignModel
{
    /// <summary>Name of the assembly and package that scores it.</summary>
    public const string Library = "MlOpsBuild.MlNet";

    /// <summary>The chain as ML.NET saves it.</summary>
    public required byte[] File { get; init; }

    /// <summary>Input row → the column <c>Features</c>.</summary>
    public required FeatureTransform Transform { get; init; }

    /// <summary>The scale on which it predicts numbers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TargetTransform Scale { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override string? ScoredBy => Library;

    /// <inheritdoc />
    protected override IRowScorer Open() => ForeignLibrary.Load<IScoringLibrary>(Library).Open(this);
}
