using System.Text.Json.Nodes;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Alerts;

namespace MlOpsBuild.Reporting.Alerts.Tests;

public sealed class WebhookChannelTests : IDisposable
{
    private readonly FakeWebhook _hook = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _hook.Dispose();

    [Fact]
    public async Task Programs_get_all_of_it_as_JSON_with_an_id()
    {
        await WebhookAsync(Looks.AlertOf(Looks.Failed()));

        var request = _hook.Requests.ShouldHaveSingleItem();
        var body = JsonNode.Parse(request.Body)!;
        (request.Method, request.Headers["Content-Type"]).ShouldBe(("POST", "application/json; charset=utf-8"));
        request.Headers["Idempotency-Key"].ShouldBe($"{body["id"]}-Open");
        (body["state"]!.GetValue<string>().ToUpperInvariant(), body["version"]!.GetValue<int>(), body["since"]!.GetValue<string>())
            .ShouldBe(("OPEN", 3, "2026-11-10"));
        body["points"]![0]!["evidence"]!.GetValue<string>().ShouldStartWith("mean 8");
        body["text"]!.GetValue<string>().ShouldContain("./build.sh Rollback");
    }

    [Fact]
    public async Task A_server_that_fails_is_asked_again_after_the_pause_it_asks_for()
    {
        _hook.AnswerNext(503);
        _hook.AnswerNext(0);
        _hook.AnswerNext(429, "30");
        var before = _time.GetUtcNow();

        await WebhookAsync(Looks.AlertOf(Looks.Failed()));

        _hook.Requests.Count.ShouldBe(4);
        _hook.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct().ShouldHaveSingleItem();
        (_time.GetUtcNow() - before).ShouldBe(TimeSpan.FromSeconds(1 + 2 + 30));
    }

    [Fact]
    public async Task A_server_that_never_answers_well_is_told_without_its_address()
    {
        for (var i = 0; i < 10; i++)
        {
            _hook.AnswerNext(500);
        }

        var problem = await Should.ThrowAsync<AlertNotToldException>(() => WebhookAsync(Looks.AlertOf(Looks.Failed())));

        (problem.Message, _hook.Requests.Count).ShouldBe(("127.0.0.1 answered 500 no", 5));
        problem.ToString().ShouldNotContain("secret-of-the-address");
    }

    [Theory]
    [InlineData(404)]
    [InlineData(302)]
    public async Task A_refusal_is_not_asked_again_and_a_redirect_not_followed(int status)
    {
        _hook.AnswerNext(status);

        (await Should.ThrowAsync<AlertNotToldException>(() => WebhookAsync(Looks.AlertOf(Looks.Failed()))))
            .Message.ShouldBe($"127.0.0.1 answered {status} no");
        _hook.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Slack_gets_blocks_within_its_limits_in_which_values_mean_nothing()
    {
        using var slack = new SlackChannel(_hook.Address, _time);
        var alert = Looks.AlertOf(Looks.Failed());
        await slack.TellAsync(
            alert with { Points = [.. Enumerable.Repeat(alert.Points[0] with { Evidence = "<!channel> " + new string('x', 400) }, 20)] },
            CancellationToken.None);

        var body = JsonNode.Parse(_hook.Requests[0].Body)!;
        body["text"]!.GetValue<string>().ShouldStartWith("🔴 Demand v3 on local got worse");
        var texts = body["blocks"]!.AsArray().Select(block => block!["text"]!["text"]!.GetValue<string>()).ToList();
        texts[0].Length.ShouldBeLessThanOrEqualTo(150);
        texts[1].Length.ShouldBeLessThanOrEqualTo(3000);
        texts[1].ShouldStartWith("• *loss* since 2026-11-10: &lt;!channel&gt;");
        texts[2].ShouldContain("`./build.sh Rollback --pipeline Demand");
        texts[3].ShouldBe("<https://example.org/run/1|The run that looked>");
    }

    [Fact]
    public async Task Slack_is_told_that_it_is_over_without_commands()
    {
        using var slack = new SlackChannel(_hook.Address, _time);

        await slack.TellAsync(Looks.AlertOf(Looks.Passed()), CancellationToken.None);

        _hook.Requests[0].Body.ShouldNotContain("Rollback");
        JsonNode.Parse(_hook.Requests[0].Body)!["text"]!.GetValue<string>().ShouldBe("🟢 Demand v3 on local: over");
    }

    private async Task WebhookAsync(Alert alert)
    {
        using var channel = new WebhookChannel(_hook.Address, _time);
        await channel.TellAsync(alert, CancellationToken.None);
    }
}
