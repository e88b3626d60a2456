using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.LanguageModels;

namespace MlOpsBuild.Modeling.Answers.Tests;

public sealed class JudgeAnswerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpMessageInvoker _http = new(ChatClient.Handler());
    private readonly Queue<string> _says = [];
    private readonly FakeLanguageModel _judge;

    public JudgeAnswerTests() => _judge = new(_ => _says.Dequeue());

    public void Dispose()
    {
        _http.Dispose();
        _judge.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("0.7", 0.7)]
    [InlineData(" 1\n", 1.0)]
    [InlineData("""{"reason": "kind", "score": 0.25}""", 0.25)]
    [InlineData("```json\n{\"score\": 0}\n```", 0.0)]
    [InlineData("7", null)]
    [InlineData("0,7", null)]
    [InlineData("I would say 0.7", null)]
    [InlineData("""{"score": "0.7"}""", null)]
    [InlineData("[0.7]", null)]
    [InlineData("", null)]
    [InlineData("NaN", null)]
    public void A_score_is_a_number_from_0_to_1_or_JSON_with_one(string said, double? score) => JudgeAnswer.Read(said).ShouldBe(score);

    [Fact]
    public async Task A_judge_reads_the_answer_what_is_expected_and_the_case()
    {
        _says.Enqueue("0.5");

        (await ScoreAsync("{{Text}} | {{expected}} | {{answer}}")).ShouldBe(0.5);

        _judge.Asked.ShouldHaveSingleItem().Last.ShouldBe("a crash | technical | {{Text}}");
    }

    [Fact]
    public async Task A_judge_that_rambles_is_asked_again_and_then_is_an_error()
    {
        "well;hm;0.9;a;b;c".Split(';').ToList().ForEach(_says.Enqueue);

        (await ScoreAsync("{{answer}}")).ShouldBe(0.9);
        (await Should.ThrowAsync<StageFailedException>(() => ScoreAsync("{{answer}}", time: 1))).Findings[0].Code.ShouldBe("MLB2065");
    }

    [Theory]
    [InlineData("{{answer}} {{Sender}}", "MLB2059")]
    [InlineData("{{expected}}", "MLB2064")]
    public async Task A_judge_is_shown_the_answer_and_no_column_that_a_case_does_not_hold(string prompt, string code) =>
        (await Should.ThrowAsync<StageFailedException>(() => ScoreAsync(prompt))).Findings.ShouldHaveSingleItem().Code.ShouldBe(code);

    private async Task<double> ScoreAsync(string prompt, int time = 0)
    {
        await File.WriteAllTextAsync(_folder["tone.md"], prompt);
        var book = new AnswerBook(_folder["book"], new ChatClient(_http, _ => null), new ManualTime());
        return await JudgeAnswer.Read(new("tone.md", new(_judge.Address, "large")), _folder.Path, ["Text"], book)
            .ScoreAsync(new JsonObject { ["Text"] = "a crash" }, "{{Text}}", "technical", time, CancellationToken.None);
    }
}
