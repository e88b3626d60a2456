using System.Text;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Stages.Tests;

namespace MlOpsBuild.Modeling.Answers.Tests;

public sealed class CompareAnswersStageTests : IDisposable
{
    private readonly StageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Answers_in_two_files_are_compared_case_by_case()
    {
        var (outcome, _) = await _folder.RunAsync(
            new CompareAnswersStage(), new CompareAnswersInput(Write("mine", 1, 0), Write("theirs", 0, 0), [], "Expected"));

        var shown = outcome.Shown.ShouldHaveSingleItem();
        (shown.Number, shown.Score, shown.ChampionScore, shown.Answer, shown.ChampionAnswer).ShouldBe((1, 1, 0, "mine 0", "theirs 0"));
    }

    [Fact]
    public async Task Without_a_champion_the_candidate_stands_by_itself() =>
        (await _folder.RunAsync(new CompareAnswersStage(), new CompareAnswersInput(Write("mine", 1, 0), null, [], "Expected"))).Result
            .Shown.ShouldHaveSingleItem().Number.ShouldBe(2);

    [Fact]
    public void The_key_is_both_files_and_what_is_personal()
    {
        var (one, other) = (new Artifact(Digest.Of("a"), "here"), new Artifact(Digest.Of("b"), "there"));
        var key = new CompareAnswersStage().Key(new(one, other, [], "Expected"));

        new CompareAnswersStage().Key(new(one with { Path = "elsewhere" }, other, [], "Expected")).ShouldBe(key);
        new CompareAnswersStage().Key(new(one, null, [], "Expected")).ShouldNotBe(key);
        new CompareAnswersStage().Key(new(one, other, ["Sender"], "Expected")).ShouldNotBe(key);
    }

    private Artifact Write(string who, params double[] scores) => _folder.Write(
        who + ".jsonl",
        Encoding.UTF8.GetBytes(string.Concat(scores.Select((score, place) => new AnsweredCase(
            new JsonObject { ["Text"] = $"case {place}" }, null,
            [new($"{who} {place}", new Dictionary<string, double> { ["exact"] = score }, 3, 0.1) { Cut = place == 0 }]).ToLine()))));
}
