using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>Picks the answers that a reviewer should read.</summary>
public sealed class CompareAnswersStage : Stage<CompareAnswersInput, AnswerOutcome>
{
    /// <inheritdoc />
    public override string Name => "compare-answers";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(CompareAnswersInput input) =>
    [
        new("candidate", input.Candidate.Digest.ToString()), new("champion", input.Champion?.Digest.ToString() ?? "none"),
        StageInput.Of("personal", input.Personal), new("label", input.Label),
    ];

    /// <inheritdoc />
    public override async Task<AnswerOutcome> RunAsync(
        CompareAnswersInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken) =>
        AnswerComparison.Of(
            await ReadAsync(input.Candidate, cancellationToken),
            input.Champion == null ? null : await ReadAsync(input.Champion, cancellationToken), input.Personal, input.Label);

    private static async Task<IReadOnlyList<AnsweredCase>> ReadAsync(Artifact answers, CancellationToken cancellationToken) =>
        [.. (await File.ReadAllLinesAsync(answers.Path, cancellationToken)).Select(AnsweredCase.Parse)];
}
