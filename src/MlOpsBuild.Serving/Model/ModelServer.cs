using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Explaining;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Metrics;
using MlOpsBuild.Serving.Telemetry;

namespace MlOpsBuild.Serving.Model;

/// <summary>Serves one model: <c>POST /predict</c>, <c>POST /explain</c>, health, metrics.</summary>
internal sealed class ModelServer(ModelServerOptions options, TimeProvider time, ServerLog log) : IServerRole
{
    private readonly FaultInjection _fault = new(options.Fault ?? new(), time);
    private readonly RequestBody _bodies = new(options.Limits);
    private const int MostFindings = 20;

    // Each takes about as long as a hundred predictions.
    private const int MostExplained = 100;
    private TrainedModel _model = null!;

    // Of a model that something else scores: who waits for it must not hold a thread, of which it may need one itself.
    private SemaphoreSlim? _turns;
    private long _outOfRange;
    private RequestMetrics _metrics = null!;
    private MetricsExport? _export;
    private RowReader _reader = null!;

    public string Role => "model server";

    public ServerFiles Files => options.Files;

    public ServerLimits Limits => options.Limits;

    public int Port => options.Port;

    public int AdminPort => 0;

    public int Version => options.Version;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(options.ModelFile, cancellationToken);
        if (Digest.Of(content) != Digest.Parse(options.ModelDigest))
        {
            throw new StageFailedException(new Finding(
                "MLB5110", "The model file is not the model that was deployed", options.ModelFile, Digest.Of(content).ToString(),
                options.ModelDigest));
        }

        if (!options.Origin.Covers(Digest.Of(content)))
        {
            throw new StageFailedException(new Finding(
                "MLB5111", "The model is not signed by anybody this server trusts", options.ModelFile,
                options.Origin.Signature?.Key ?? "no signature",
                string.Join(", ", options.Origin.Trusted.Keys.Select(key => TrustedKeys.NameOf(Convert.FromBase64String(key))))));
        }

        _model = CanonicalJson.Deserialize<TrainedModel>(content);
        _model = _model is PromptModel prompt ? prompt with { Asks = true } : _model;
        if (_model is ForeignModel foreign)
        {
            foreign = foreign with { Folder = Path.GetDirectoryName(options.Files.ReadyFile) };
            foreign.Start();
            (_model, _turns) = (foreign, new(foreign.AtOnce));
        }

        _metrics = new(
            options.Pipeline,
            new ServerGauge(
                "mlops.predictions.out_of_range", "Predictions that are no value a label may have by the contract.",
                () => Interlocked.Read(ref _outOfRange)),
            new ServerGauge(ServerMetrics.PeakMemory, "Most memory that the server held, in bytes.", PeakMemory));
        _export = MetricsExport.Start(options.Telemetry, "server", log);
        _reader = new RowReader(_model.Fields, options.Known);
        log.Write($"model {options.ModelDigest} of {options.Pipeline} v{options.Version} loaded");
    }

    public Task HandleAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("POST", "/predict") => PredictAsync(context),
        ("POST", "/explain") => ExplainAsync(context),
        ("GET", "/v2/health/live") => JsonAnswer.FlagAsync(context, StatusCodes.Status200OK, "live", true),
        ("GET", "/v2/health/ready") => JsonAnswer.FlagAsync(context, StatusCodes.Status200OK, "ready", true),
        ("GET", "/metrics") => JsonAnswer.TextAsync(context, _metrics.Write()),
        _ => JsonAnswer.NotFoundAsync(context),
    };

    public Task AdministerAsync(HttpContext context) => JsonAnswer.NotFoundAsync(context);

    public ValueTask DisposeAsync()
    {
        (_model as ForeignModel)?.Close();
        _turns?.Dispose();
        _export?.Dispose();
        _metrics?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task PredictAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        context.Response.Headers[ServerHeaders.Version] = options.Version.ToString(CultureInfo.InvariantCulture);
        try
        {
            await AnswerAsync(context);
        }
        catch (Exception failure) when (UnforeseenFailure.IsOurs(failure, context))
        {
            _metrics.Count(options.Version, "server", StatusCodes.Status500InternalServerError, time.GetElapsedTime(started));
            throw;
        }

        _metrics.Count(options.Version, "server", context.Response.StatusCode, time.GetElapsedTime(started));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await _bodies.ReadWithIdAsync(context);
        if (body is not { Id: var id })
        {
            return;
        }

        var findings = new List<Finding>();
        var (rows, several) = Read(body.Content, findings);
        if (findings.Count > 0)
        {
            await JsonAnswer.ProblemAsync(context, StatusCodes.Status400BadRequest, "The input was not accepted", findings);
            return;
        }

        await _fault.DelayAsync(context.RequestAborted);
        if (_fault.Fails())
        {
            await JsonAnswer.ProblemAsync(context, StatusCodes.Status500InternalServerError, "Rehearsed fault");
            return;
        }

        var answers = new List<PredictionAnswer>();
        try
        {
            if (_model is PromptModel)
            {
                // Each waits for somebody else: all that may at once.
                answers.AddRange(await Task.WhenAll(rows.Index().Select(row => Task.Run(
                    () => AnswerAsync(row.Item, several ? RequestId.OfRow(id, row.Index) : id, context.RequestAborted),
                    context.RequestAborted))));
            }
            else
            {
                foreach (var (position, row) in rows.Index())
                {
                    answers.Add(await AnswerAsync(row, several ? RequestId.OfRow(id, position) : id, context.RequestAborted));
                }
            }
        }
        catch (FindingsException problem)
        {
            // A model that something else scores may fail in ways of its own; what it said is for the log and not for callers.
            log.Write($"request {id}: {string.Join("; ", problem.Findings)}");
            await JsonAnswer.ProblemAsync(context, StatusCodes.Status500InternalServerError, "The model gives no prediction");
            return;
        }

        if (answers.FirstOrDefault(answer => answer.Read() == null) is { } broken)
        {
            await JsonAnswer.ProblemAsync(context, StatusCodes.Status500InternalServerError, "The model's prediction is no finite number",
                new Finding(
                    "MLB5112", "Not a finite number", "prediction", broken.Prediction?.ToString(CultureInfo.InvariantCulture),
                    "a finite number", "the model must not be asked so far from its training data, or is broken"));
            return;
        }

        await GiveAsync(context, answers, several);
    }

    // Whoever asks why counts nowhere: neither as a request of the version nor in the log of predictions.
    private async Task ExplainAsync(HttpContext context)
    {
        context.Response.Headers[ServerHeaders.Version] = options.Version.ToString(CultureInfo.InvariantCulture);
        if (_model is not IExplainedModel { CanExplain: true } told)
        {
            await JsonAnswer.ProblemAsync(
                context, StatusCodes.Status501NotImplemented, "This model does not tell what its predictions are made of",
                new Finding(
                    "MLB5115", "No contributions", context.Request.Path, _model.GetType().Name,
                    "trees, a generalised additive or a linear model, trained by a build that counts its rows", "train it anew"));
            return;
        }

        using var body = await _bodies.ReadWithIdAsync(context);
        if (body is not { Id: var id })
        {
            return;
        }

        var findings = new List<Finding>();
        var (rows, several) = Read(body.Content, findings);
        if (rows.Count > MostExplained)
        {
            findings.Add(new(
                "MLB5116", "Too many rows to explain", "body", rows.Count.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"at most {MostExplained}"), "send them in parts"));
        }

        if (findings.Count > 0)
        {
            await JsonAnswer.ProblemAsync(context, StatusCodes.Status400BadRequest, "The input was not accepted", findings);
            return;
        }

        List<ExplainedAnswer> answers =
        [
            .. rows.Index().Select(row => new ExplainedAnswer(
                PredictionAnswer.Of(
                    _model.Predict(row.Item.Input), _model.Classes, options.Version, several ? RequestId.OfRow(id, row.Index) : id),
                told.Explain(row.Item.Input))),
        ];
        await GiveAsync(context, answers, several);
    }

    private static Task GiveAsync<T>(HttpContext context, List<T> answers, bool several) => several
        ? JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, answers)
        : JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, answers[0]);

    // A long list does not keep others waiting: each row takes a turn, and nobody waits for what nobody wants any more.
    private async Task<PredictionAnswer> AnswerAsync(RequestRow row, string id, CancellationToken cancellationToken)
    {
        if (_turns == null)
        {
            return Answer(row, id);
        }

        await _turns.WaitAsync(cancellationToken);
        try
        {
            return Answer(row, id);
        }
        finally
        {
            _turns.Release();
        }
    }

    private PredictionAnswer Answer(RequestRow row, string id)
    {
        var prediction = _fault.Change(_model.Predict(row.Input), _model.Classes);
        var beyond = _model.Range is { } range && !range.Contains(prediction.Value);
        if (beyond)
        {
            Interlocked.Increment(ref _outOfRange);
        }

        return PredictionAnswer.Of(prediction, _model.Classes, options.Version, id) with { OutOfRange = beyond };
    }

    private (List<RequestRow> Rows, bool Several) Read(byte[] body, List<Finding> findings)
    {
        var rows = new List<RequestRow>();
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                Take(document.RootElement, "body");
                return (rows, false);
            }

            foreach (var (position, row) in document.RootElement.EnumerateArray().Index())
            {
                Take(row, string.Create(CultureInfo.InvariantCulture, $"row {position + 1}"));
                if (findings.Count >= MostFindings)
                {
                    break;
                }
            }

            if (rows.Count == 0 && findings.Count == 0)
            {
                findings.Add(new("MLB5113", "No rows", "body", "[]", "at least one object of named features", "send a row"));
            }
        }
        catch (JsonException problem)
        {
            findings.Add(new(
                "MLB5114", "Not JSON", string.Create(CultureInfo.InvariantCulture, $"body, line {problem.LineNumber + 1}"), null,
                "one JSON object of named features, or an array of them", "correct the body"));
        }

        return (rows, true);

        void Take(JsonElement element, string where)
        {
            if (_reader.Read(element, where, findings) is { } row)
            {
                rows.Add(row);
            }
        }
    }

    private static double PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
