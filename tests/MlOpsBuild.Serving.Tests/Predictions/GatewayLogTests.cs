using System.Net;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Tests;

namespace MlOpsBuild.Serving.Predictions.Tests;

[Collection(nameof(LoopbackCollection))]
public sealed class GatewayLogTests : IDisposable
{
    private readonly GatewayWorld _world = new();

    private static RequestContract Contract { get; } =
        new([new("hour", FieldKind.Whole), new("plan", FieldKind.Text), new("email", FieldKind.Text)], []) { Personal = ["email"] };

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_prediction_is_kept_with_what_the_contract_knows_and_its_label()
    {
        await OpenAsync(Scripted.Version(3, 12.5));

        await _world.PostTextAsync("predict", """{"hour": 7, "plan": "ä\"b", "other": 1, "cnt_lag_24h": null, "deep": {"a": [1]}}""", "a");
        (await _world.PostTextAsync("feedback", """{"id": "a", "label": 13}""")).ShouldBe("""{"accepted":true}""");

        var kept = await _world.EndAsync();
        kept.Count.ShouldBe(2);
        (kept[0].Id, kept[0].Version, kept[0].Prediction, kept[0].Features!.ToJsonString(), kept[0].Label)
            .ShouldBe(("a", 3, 12.5, """{"hour":7,"plan":"\u00E4\u0022b","cnt_lag_24h":null}""", null));
        kept[0].Milliseconds!.Value.ShouldBeGreaterThan(0);
        (kept[1].Id, kept[1].Label, kept[1].Version).ShouldBe(("a", 13, null));
    }

    /// <summary>
    /// Where nothing is personal a flat row is kept as it came; whatever is not flat, or has several lines, is read first.
    /// </summary>
    [Theory]
    [InlineData("""{"hour": 7, "plan": "b"}""", """{"hour":7,"plan":"b"}""")]
    [InlineData("{\n  \"hour\": 7,\r\n  \"plan\": \"b\"\n}\n", """{"hour":7,"plan":"b"}""")]
    [InlineData("""{"hour": 7, "plan": "{[b"}""", """{"hour":7,"plan":"{[b"}""")]
    [InlineData("""{"hour": 7, "plan": {"deep": 1}}""", """{"hour":7}""")]
    [InlineData("""{"hour": 7, "plan": "a\nb"}""", """{"hour":7,"plan":"a\nb"}""")]
    public async Task What_is_kept_is_what_was_asked_on_one_line_however_it_was_written(string body, string kept)
    {
        await OpenAsync(Scripted.Version(3), contract: Contract with { Personal = [] });

        await _world.PostTextAsync("predict", body);

        var entry = (await _world.EndAsync()).ShouldHaveSingleItem();
        entry.Features!.ToJsonString(JsonAnswer.OneLine).ShouldBe(kept);
    }

    /// <summary>A text may repeat what it was asked.</summary>
    [Theory]
    [InlineData(false, "She said \"no\"")]
    [InlineData(true, null)]
    public async Task A_text_is_kept_unless_requests_hold_personal_data(bool personal, string? kept)
    {
        await OpenAsync(Scripted.Says(3, "She said \"no\""), contract: Contract with { Personal = personal ? ["email"] : [] });

        await _world.PostTextAsync("predict", """{"hour": 7}""");

        var entry = (await _world.EndAsync()).ShouldHaveSingleItem();
        (entry.Version, entry.Prediction!.Value.Text, entry.Prediction.Value.Value).ShouldBe((3, kept, 1));
    }

    /// <summary>The contract in force is the baseline's: what only the canary knows may be personal.</summary>
    [Fact]
    public async Task What_a_canary_answered_is_kept_by_the_contract_in_force_and_nothing_beside_it()
    {
        await _world.OpenAsync(
            GatewayWorld.Trial(await _world.ServeAsync(Scripted.Version(1)), await _world.ServeAsync(Scripted.Version(2)), 50) with
            {
                Contract = Contract with { Columns = [new("hour", FieldKind.Whole)], Personal = [] }, Log = PredictionLogPolicy.Usual,
            },
            log: new(_world.Predictions));

        for (var i = 0; i < 20; i++)
        {
            await _world.PostTextAsync("predict", """{"hour": 7, "email": "ozymandias@example.org"}""");
        }

        var kept = await _world.EndAsync();
        kept.Select(entry => entry.Version).Distinct().Count().ShouldBe(2);
        kept.ShouldAllBe(entry => entry.Features!.ToJsonString(JsonAnswer.OneLine) == """{"hour":7}""");
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, 16)]
    public async Task Personal_data_is_left_out_or_hashed_and_never_written_as_it_is(bool hashed, int? characters)
    {
        await OpenAsync(Scripted.Version(3), new(100, hashed ? ["email"] : []));

        await _world.PostTextAsync("predict", """{"hour": 7, "email": "ozymandias@example.org"}""");
        await _world.PostTextAsync("predict", """{"hour": 8, "email": "ozymandias@example.org"}""");

        var kept = await _world.EndAsync();
        kept.Select(entry => entry.Features!["email"]?.GetValue<string>().Length).ShouldBe([characters, characters]);
        kept.Select(entry => entry.Features!["email"]?.GetValue<string>()).Distinct().Count().ShouldBe(1);
        Directory.GetFiles(_world.Predictions).SelectMany(File.ReadLines).ShouldAllBe(line => !line.Contains("ozymandias"));
    }

    [Fact]
    public async Task What_is_kept_is_counted_by_version_and_value()
    {
        await OpenAsync(Scripted.Version(3, 12.5));
        await _world.PostTextAsync("predict", """{"hour": 7}""");

        string text;
        do
        {
            using var answer = await _world.GetAsync("metrics");
            text = await answer.Content.ReadAsStringAsync();
        }
        while (!text.Contains("mlops_predictions_count", StringComparison.Ordinal));

        text.ShouldMatch("mlops_predictions_bucket\\{pipeline=\"[^\"]+\",version=\"3\",le=\"10\"\\} 0\n");
        text.ShouldMatch("mlops_predictions_bucket\\{pipeline=\"[^\"]+\",version=\"3\",le=\"20\"\\} 1\n");
    }

    [Fact]
    public async Task Each_row_of_a_list_is_kept_under_an_id_of_its_own()
    {
        await OpenAsync(Scripted.Answer(
            200, """[{"version":3,"id":"a-0","label":"yes","probability":0.7},{"version":3,"id":"a-1","label":"no","probability":0.2}]"""));

        await _world.PostTextAsync("predict", """[{"hour": 1}, {"hour": 2}]""", "a");

        (await _world.EndAsync()).Select(entry => (entry.Id, entry.Prediction?.Value, entry.Features!["hour"]!.GetValue<int>()))
            .ShouldBe([("a-0", 0.7, 1), ("a-1", 0.2, 2)]);
    }

    [Fact]
    public async Task What_was_refused_or_failed_is_kept_without_what_was_asked()
    {
        await OpenAsync(Scripted.Answer(400, """{"error": "The input was not accepted"}"""));

        await _world.PostTextAsync("predict", """{"hour": "secret"}""", "a");

        var entry = (await _world.EndAsync()).Single();
        (entry.Status, entry.Features, entry.Prediction).ShouldBe((400, null, null));
    }

    [Fact]
    public async Task A_rehearsal_is_no_traffic()
    {
        await OpenAsync(Scripted.Version(3));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_world.Address, "predict")) { Content = Scripted.Json("{}") };
        request.Headers.Add(ServerHeaders.RequestId, "a");
        request.Headers.Add(ServerHeaders.Rehearsal, GatewayWorld.FeedbackToken);
        (await _world.Http.SendAsync(request)).Dispose();
        using var label = new HttpRequestMessage(HttpMethod.Post, new Uri(_world.Address, "feedback"));
        label.Content = Scripted.Json("""{"id": "a", "label": 1}""");
        label.Headers.Add(ServerHeaders.Rehearsal, GatewayWorld.FeedbackToken);
        label.Headers.Authorization = new("Bearer", GatewayWorld.FeedbackToken);
        using var taken = await _world.Http.SendAsync(label);

        taken.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await _world.EndAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_share_is_drawn_by_the_id()
    {
        await OpenAsync(Scripted.Version(3), new(25, []));
        for (var i = 0; i < 200; i++)
        {
            await _world.PostTextAsync("predict", "{}", $"id-{i}");
        }

        var kept = await _world.EndAsync();

        kept.Count.ShouldBeInRange(30, 70);
        kept.ShouldAllBe(entry => LoggedId.IsKept(entry.Id, 25));
    }

    [Fact]
    public async Task A_label_finds_its_prediction_in_the_log_of_an_earlier_gateway_once()
    {
        await OpenAsync(Scripted.Version(3));
        await _world.PostTextAsync("predict", "{}", "a");
        await _world.EndAsync();
        using var files = new LogFiles(new(_world.Predictions));

        files.ReadEarlier(CancellationToken.None);

        files.Waits(LoggedId.Of("a")).ShouldBeTrue();
        files.Waits(LoggedId.Of("b")).ShouldBeFalse();
        files.Label(LoggedId.Of("a"));
        files.Waits(LoggedId.Of("a")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_label_for_nothing_is_refused_as_before()
    {
        await OpenAsync(Scripted.Version(3));
        await _world.PostTextAsync("predict", "{}", "a");
        HttpStatusCode status;
        do
        {
            // Until the files of earlier gateways have been read nothing is known not to be there.
            using var answer = await _world.PostAsync("feedback", """{"id": "never", "label": 1}""");
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.Accepted);

        status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task OpenAsync(
        Microsoft.AspNetCore.Http.RequestDelegate server, PredictionLogPolicy? policy = null, RequestContract? contract = null) =>
        await _world.OpenAsync(
            GatewayWorld.Alone(3, await _world.ServeAsync(server)) with
            {
                Contract = contract ?? Contract, Log = policy ?? PredictionLogPolicy.Usual,
            },
            log: new(_world.Predictions));
}
