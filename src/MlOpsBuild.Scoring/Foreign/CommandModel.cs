using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>A model that a program of one's own scores: see <see cref="CommandScorer"/>.</summary>
public sealed record CommandModel : ForeignModel
{
    /// <summary>The program and its arguments, run in a folder with <see cref="Files"/>.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The program's files and what its training left behind, by path.</summary>
    public required IReadOnlyDictionary<string, byte[]> Files { get; init; }

    /// <summary>The scale on which it predicts numbers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TargetTransform Scale { get; init; }

    /// <summary>How long the first answer may take before the program is ended: it loads its libraries and its model.</summary>
    /// <value>A minute.</value>
    // Generated code that reads this gives 0 to what is left out.
    public TimeSpan StartsWithin { get; init => field = value == default ? TimeSpan.FromMinutes(1) : value; } = TimeSpan.FromMinutes(1);

    /// <summary>How long any other answer may take; less than callers wait.</summary>
    /// <value>8 seconds.</value>
    public TimeSpan AnswersWithin { get; init => field = value == default ? TimeSpan.FromSeconds(8) : value; } = TimeSpan.FromSeconds(8);

    /// <inheritdoc />
    [JsonIgnore]
    public override int AtOnce => 1;

    /// <inheritdoc />
    protected override IRowScorer Open() => CommandScorer.Start(this);
}
