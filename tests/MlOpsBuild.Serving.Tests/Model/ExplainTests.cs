using System.Text.Json;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;

namespace MlOpsBuild.Serving.Model.Tests;

public sealed class ExplainTests
{
    [Fact]
    public async Task A_row_is_answered_with_its_prediction_and_what_it_is_made_of()
    {
        using var tiny = await StartAsync();

        var (status, body, headers) = await tiny.AskAsync("POST", "/explain", """{"temperature": 19}""", id: "mine");

        status.ShouldBe(200);
        headers[ServerHeaders.Version].ToString().ShouldBe("3");
        var answer = JsonSerializer.Deserialize<ExplainedAnswer>(body, JsonAnswer.OneLine)!;
        answer.Answer.ShouldBe(new(3, "mine") { Prediction = TinyServer.Model.Predict([19]).Value });
        var told = answer.Explanations.ShouldHaveSingleItem();
        (told.Unit, told.Contributions.Single().Column).ShouldBe(("log(1 + demand)", "temperature"));
        (Math.Exp(told.Score) - 1).ShouldBe(answer.Answer.Prediction!.Value, 1e-9);
    }

    [Fact]
    public async Task A_list_is_answered_row_by_row()
    {
        using var tiny = await StartAsync();

        var (_, body, _) = await tiny.AskAsync("POST", "/explain", """[{"temperature": 19}, {"temperature": 1}]""", id: "mine");

        var answers = JsonSerializer.Deserialize<List<ExplainedAnswer>>(body, JsonAnswer.OneLine)!;
        answers.Select(answer => answer.Answer.Id).ShouldBe(["mine-0", "mine-1"]);
        answers[0].Explanations[0].Contributions[0].Value.ShouldBeGreaterThan(answers[1].Explanations[0].Contributions[0].Value);
    }

    [Theory]
    [InlineData("[]", "No rows")]
    [InlineData("{}", "Missing feature")]
    [InlineData("""{"temperature": 61}""", "Out of range")]
    public async Task Wrong_input_is_refused_as_it_is_for_a_prediction(string body, string what)
    {
        using var tiny = await StartAsync();

        var (status, answer, _) = await tiny.AskAsync("POST", "/explain", body);

        status.ShouldBe(400);
        JsonSerializer.Deserialize<ProblemAnswer>(answer, JsonAnswer.OneLine)!.Findings.Select(finding => finding.What).ShouldContain(what);
    }

    [Fact]
    public async Task More_rows_than_a_server_has_time_for_are_refused()
    {
        using var tiny = await StartAsync();

        var (status, answer, _) = await tiny.AskAsync(
            "POST", "/explain", $"[{string.Join(',', Enumerable.Repeat("""{"temperature": 1}""", 101))}]");

        status.ShouldBe(400);
        JsonSerializer.Deserialize<ProblemAnswer>(answer, JsonAnswer.OneLine)!.Findings[0].What.ShouldBe("Too many rows to explain");
    }

    [Fact]
    public async Task A_model_from_before_says_that_it_cannot()
    {
        using var tiny = new TinyServer(model: TinyServer.Model with { Means = null });
        await tiny.Server.StartAsync(CancellationToken.None);

        var (status, answer, _) = await tiny.AskAsync("POST", "/explain", """{"temperature": 1}""");

        status.ShouldBe(501);
        JsonSerializer.Deserialize<ProblemAnswer>(answer, JsonAnswer.OneLine)!.Findings[0].Fix.ShouldBe("train it anew");
    }

    [Fact]
    public async Task It_is_no_request_of_the_version()
    {
        using var tiny = await StartAsync();

        await tiny.AskAsync("POST", "/explain", """{"temperature": 1}""");

        (await tiny.AskAsync("GET", "/metrics")).Body.ShouldNotContain("code=\"200\"");
    }

    private static async Task<TinyServer> StartAsync()
    {
        var tiny = new TinyServer(model: TinyServer.Model with { Means = [0.1] });
        await tiny.Server.StartAsync(CancellationToken.None);
        return tiny;
    }
}
