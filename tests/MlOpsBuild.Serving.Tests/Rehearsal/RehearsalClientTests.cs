using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Answers;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Rehearsal.Tests;

[Collection(nameof(LoopbackCollection))]
public sealed class RehearsalClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Pipe _input = new();
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _bodies = [];
    private readonly List<Feedback> _labels = [];
    private int _requests;

    public RehearsalClientTests() => File.WriteAllLines(
        _folder["rows.jsonl"],
        Enumerable.Range(0, 5).Select(row => $$$"""{"features":{"row":{{{row}}}},"label":{{{row * 10}}},"prediction":0}"""));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_sends_rows_until_its_input_closes_and_its_result_matches_what_was_received()
    {
        using var gateway = await Loopback.StartAsync(context => AnswerAsync(context, Scripted.Version(2), enoughAfter: 60));

        var result = await RunAsync(gateway.Port);

        result.Sent.ShouldBe(_requests);
        result.Sent.ShouldBeGreaterThanOrEqualTo(60);
        result.Answered.ShouldBe(result.Sent);
        result.ByStatus.ShouldBe(new Dictionary<int, int> { [200] = result.Sent });
        result.ByVersion.ShouldBe(new Dictionary<string, int> { ["2"] = result.Sent });
        _labels.Count.ShouldBe(result.Sent);
    }

    [Fact]
    public async Task Every_row_is_replayed_with_its_label_after_its_answer()
    {
        using var gateway = await Loopback.StartAsync(context =>
            AnswerAsync(
                context,
                next => next.Response.WriteAsync(
                    JsonSerializer.Serialize(new PredictionAnswer(1, Body(next)) { Prediction = 1 }, Hosting.JsonAnswer.OneLine)),
                enoughAfter: 100));

        await RunAsync(gateway.Port);

        _bodies.Distinct().Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 5).Select(row => $$"""{"row":{{row}}}"""));
        _labels.ShouldAllBe(label => label.Id == $$"""{"row":{{label.Label.GetInt32() / 10}}}""");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_text_is_rated_by_scorers_or_gets_no_label(bool rated)
    {
        await File.WriteAllTextAsync(_folder["rows.jsonl"], """{"features":{"row":1},"label":1,"prediction":{"answer":"yes"},"expected":"yes"}""");
        using var gateway = await Loopback.StartAsync(context => AnswerAsync(context, Scripted.Says(1, "yes "), enoughAfter: 20));

        await RunAsync(gateway.Port, rating: rated ? new([new ExactAnswer(), new MatchedAnswer("^no")]) : null);

        _labels.Select(label => label.Label.GetDouble()).Distinct().ShouldBe(rated ? [0.5] : []);
    }

    [Fact]
    public async Task Failures_are_answers_and_get_no_label()
    {
        using var gateway = await Loopback.StartAsync(context => AnswerAsync(context, Scripted.Answer(500, "{}"), enoughAfter: 30));

        var result = await RunAsync(gateway.Port);

        (result.Answered, result.ByStatus[500], result.ByVersion.Count, _labels.Count).ShouldBe((result.Sent, result.Sent, 0, 0));
    }

    [Fact]
    public async Task Requests_without_an_answer_are_sent_and_not_answered()
    {
        using var gateway = await Loopback.StartAsync(context => AnswerAsync(context, Abort, enoughAfter: 10));

        var result = await RunAsync(gateway.Port);

        result.Sent.ShouldBeGreaterThanOrEqualTo(10);
        (result.Answered, result.ByStatus.Count).ShouldBe((0, 0));
    }

    /// <summary>On a busy machine they queued, and a good version was rolled back as slow.</summary>
    [Fact]
    public async Task Few_requests_are_open_at_once_however_slow_the_answers()
    {
        var open = 0;
        var most = 0;
        using var gateway = await Loopback.StartAsync(context => AnswerAsync(context, HoldAsync, enoughAfter: 200));

        var result = await RunAsync(gateway.Port, perSecond: 1_000_000);

        most.ShouldBe(RehearsalClient.MostOpen);
        result.Answered.ShouldBe(result.Sent);

        // Nobody gets an answer before as many ask as may, and others had the time to ask too.
        async Task HoldAsync(HttpContext context)
        {
            var now = Interlocked.Increment(ref open);
            lock (_bodies)
            {
                most = Math.Max(most, now);
            }

            for (var turns = 0; turns < 1000 && !_enough.Task.IsCompleted; turns += Volatile.Read(ref most) < RehearsalClient.MostOpen
                ? 0
                : 1)
            {
                await Task.Yield();
            }

            Interlocked.Decrement(ref open);
            await Scripted.Version(2)(context);
        }
    }

    [Fact]
    public async Task An_input_that_is_closed_from_the_start_ends_it_at_once()
    {
        _enough.SetResult();

        var result = await RunAsync(Scripted.ClosedPort());

        result.Sent.ShouldBeLessThanOrEqualTo(1);
    }

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static string Body(HttpContext context) => (string)context.Items["body"]!;

    private async Task AnswerAsync(HttpContext context, RequestDelegate predict, int enoughAfter)
    {
        if (context.Request.Path == "/feedback")
        {
            var label = await JsonSerializer.DeserializeAsync<Feedback>(context.Request.Body, Hosting.JsonAnswer.OneLine);
            lock (_labels)
            {
                _labels.Add(label!);
            }

            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        context.Items["body"] = await reader.ReadToEndAsync();
        lock (_bodies)
        {
            _bodies.Add(Body(context));
        }

        if (Interlocked.Increment(ref _requests) == enoughAfter)
        {
            _enough.SetResult();
        }

        await predict(context);
    }

    private async Task<RehearsalResult> RunAsync(int port, double perSecond = 500, AnswerRating? rating = null)
    {
        var client = new RehearsalClient(
            new(port, _folder["rows.jsonl"], perSecond, 3, _folder["result.json"], "labels-only") { Rating = rating }, TimeProvider.System);
        if (_enough.Task.IsCompleted)
        {
            await _input.Writer.CompleteAsync();
        }

        var running = client.RunAsync(_input.Reader.AsStream(), CancellationToken.None);
        await _enough.Task;
        await _input.Writer.CompleteAsync();
        await running;
        return CanonicalJson.Deserialize<RehearsalResult>(await File.ReadAllBytesAsync(_folder["result.json"]));
    }
}
