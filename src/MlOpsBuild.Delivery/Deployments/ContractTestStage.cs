using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// Proves that the server answers as training did: golden predictions equal to the bit (texts given at all), wrong input refused
/// with a reason, health, and a latency budget. A stage, so that a bundle and a server that passed together need not be tested again.
/// </summary>
public sealed class ContractTestStage(IEnvironment environment, TimeProvider time) : Stage<ContractTestInput, ContractTestResult>
{
    private const int GoldenRows = 100;

    // Each is a question to an endpoint that somebody pays for, and that may be busy.
    private const int GoldenTexts = 5;
    private const int TextAttempts = 4;

    /// <inheritdoc />
    public override string Name => "contract-test";

    /// <inheritdoc />
    public override bool Measures => true;

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(ContractTestInput input) =>
    [
        new("bundle", input.Bundle.ToString()),
        new("server", input.Server.ToString()),
        StageInput.Of("budget", input.Budget),
        new("latency budget", input.LatencyBudget.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc />
    public override async Task<ContractTestResult> RunAsync(
        ContractTestInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var server = await environment.StartAsync(input.Version, input.Model, null, cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/")
        };
        try
        {
            var model = CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(input.Model.Model.Path, cancellationToken));
            var answersTexts = model is PromptModel;
            var rows = File.ReadLines(input.Rows.Path).Take(answersTexts ? GoldenTexts : GoldenRows).Select(LabelledRow.Parse).ToList();
            var findings = new List<Finding>();
            await CheckHealthAsync(http, findings, cancellationToken);
            var start = time.GetElapsedTime(begun);
            var times = await CheckGoldenAsync(http, rows, findings, cancellationToken);
            var refused = await CheckRefusalsAsync(http, rows[0].Features, model.Fields, findings, cancellationToken);
            var took = AnswerTimes.Of(times);
            if (took?.Median > input.LatencyBudget.TotalMilliseconds)
            {
                findings.Add(new(
                    "MLB5003", "Too slow", "contract test", string.Create(CultureInfo.InvariantCulture, $"median {took.Median:0.0} ms"),
                    $"at most {input.LatencyBudget.TotalMilliseconds:0} ms", "make the model smaller, or raise the budget"));
            }

            var cost = new ServerCost(
                start, input.Budget.NeedsLoad ? await new LoadTest(http, time).RunAsync(rows, cancellationToken) : null,
                await environment.MemoryAsync(server, cancellationToken));
            findings.AddRange(BudgetCheck.Of(input.Budget, cost));
            return findings.Count == 0
                ? new(rows.Count, refused) { AnswerTimes = took, Cost = cost, Texts = answersTexts }
                : throw new StageFailedException("The server does not answer as it should", findings, Verdict.Failed);
        }
        finally
        {
            await environment.StopAsync(server, CancellationToken.None);
        }
    }

    private static async Task CheckHealthAsync(HttpClient http, List<Finding> findings, CancellationToken cancellationToken)
    {
        foreach (var path in (string[])["v2/health/live", "v2/health/ready"])
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                findings.Add(new("MLB5004", "Not healthy", path, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture), "200"));
            }
        }
    }

    private async Task<List<TimeSpan>> CheckGoldenAsync(
        HttpClient http, List<LabelledRow> rows, List<Finding> findings, CancellationToken cancellationToken)
    {
        var times = new List<TimeSpan>();
        foreach (var (index, row) in rows.Index())
        {
            var started = time.GetTimestamp();
            using var response = await AskAsync(http, row, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            times.Add(time.GetElapsedTime(started));
            if (row.Prediction.Text != null && response.StatusCode >= HttpStatusCode.InternalServerError)
            {
                throw new StageFailedException(new Finding(
                    "MLB5047", "The endpoint of the model gives no answer", $"contract test, case {index + 1}",
                    string.Create(CultureInfo.InvariantCulture, $"{TextAttempts} times {(int)response.StatusCode}"), "a text",
                    "see whether it can be reached, and package again"));
            }

            var answer = response.IsSuccessStatusCode ? JsonSerializer.Deserialize<PredictionAnswer>(body, CanonicalJson.Options) : null;
            if (answer?.Read() is not { } prediction || !IsAsGood(prediction, row.Prediction))
            {
                findings.Add(new(
                    "MLB5005", "Golden prediction differs", $"row {index + 1}", answer?.Read()?.ToString() ?? Encoding.UTF8.GetString(body),
                    row.Prediction.Text == null ? row.Prediction.ToString() : "a text"));
            }
        }

        return times;
    }

    private async Task<HttpResponseMessage> AskAsync(HttpClient http, LabelledRow row, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await PostAsync(http, row.Features.ToJsonString(), cancellationToken);
            if (row.Prediction.Text == null || response.StatusCode < HttpStatusCode.InternalServerError || attempt == TextAttempts)
            {
                return response;
            }

            response.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(attempt), time, cancellationToken);
        }
    }

    // A language model says the same in other words.
    private static bool IsAsGood(Prediction mine, Prediction golden) => golden.Text == null ? mine == golden : mine.Text != null;

    private static async Task<int> CheckRefusalsAsync(
        HttpClient http, JsonObject good, IReadOnlyList<FieldRule> fields, List<Finding> findings, CancellationToken cancellationToken)
    {
        // What may be missing is no wrong input when it is, and nothing is a wrong free text.
        var needed = fields.FirstOrDefault(field => !field.Optional)?.Name;
        var typed = fields.FirstOrDefault(field => field.Kind != FieldKind.Text)?.Name;
        string[] bodies =
        [
            "", "{", "[]", .. needed == null ? (string[])[] : [Changed(row => row.Remove(needed))],
            .. typed == null ? (string[])[] : [Changed(row => row[typed] = "not a value")], Changed(row => row["no_such_feature"] = 1),
        ];
        foreach (var body in bodies)
        {
            using var response = await PostAsync(http, body, cancellationToken);
            var problem = response.StatusCode == HttpStatusCode.BadRequest
                ? JsonSerializer.Deserialize<ProblemAnswer>(
                    await response.Content.ReadAsByteArrayAsync(cancellationToken), CanonicalJson.Options)
                : null;
            if (problem is not { Findings.Count: > 0 })
            {
                findings.Add(new(
                    "MLB5006", "Wrong input is not refused with a reason", body,
                    ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture), "400 with findings"));
            }
        }

        return bodies.Length;

        string Changed(Action<JsonObject> change)
        {
            var row = (JsonObject)good.DeepClone();
            change(row);
            return row.ToJsonString();
        }
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await http.PostAsync(new Uri("predict", UriKind.Relative), content, cancellationToken);
    }
}
