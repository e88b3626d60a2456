using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Metrics;

namespace MlOpsBuild.Serving.Model;

/// <summary>Serves one model: <c>POST /predict</c>, health, metrics.</summary>
internal sealed class ModelServer(ModelServerOptions options, TimeProvider time, ServerLog log) : IServerRole
{
    private readonly RequestMetrics _metrics = new(options.Pipeline);
    private readonly FaultInjection _fault = new(options.Fault ?? new(), time);
    private readonly RequestBody _bodies = new(options.Limits);
    private TrainedModel _model = null!;
    private RowReader _reader = null!;

    public string Role => "model server";

    public ServerFiles Files => options.Files;

    public ServerLimits Limits => options.Limits;

    public int Port => options.Port;

    public int Version => options.Version;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(options.ModelFile, cancellationToken);
        if (Digest.Of(content) != Digest.Parse(options.ModelDigest))
        {
            throw new StageFailedException(new Finding("The model file is not the model that was deployed", options.ModelFile, Digest.Of(content).ToString(), options.ModelDigest));
        }

        if (!options.Origin.Covers(Digest.Of(content)))
        {
            throw new StageFailedException(new Finding("The model is not signed by anybody this server trusts", options.ModelFile, options.Origin.Signature?.Key ?? "no signature", string.Join(", ", options.Origin.Trusted.Keys.Select(key => TrustedKeys.NameOf(Convert.FromBase64String(key))))));
        }

        _model = CanonicalJson.Deserialize<TrainedModel>(content);
        _reader = new RowReader(_model.Fields, options.Known);
        log.Write($"model {options.ModelDigest} of {options.Pipeline} v{options.Version} loaded");
    }

    public Task HandleAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("POST", "/predict") => PredictAsync(context),
        ("GET", "/v2/health/live") => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, new { live = true }),
        ("GET", "/v2/health/ready") => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, new { ready = true }),
        ("GET", "/metrics") => JsonAnswer.TextAsync(context, _metrics.Write([])),
        _ => JsonAnswer.NotFoundAsync(context),
    };

    public Task AdministerAsync(HttpContext context) => JsonAnswer.NotFoundAsync(context);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task PredictAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        context.Response.Headers[ServerHeaders.Version] = options.Version.ToString(CultureInfo.InvariantCulture);
        await AnswerAsync(context);
        _metrics.Count(options.Version, "server", context.Response.StatusCode, time.GetElapsedTime(started));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (RequestId.Of(context.Request) is not { } id)
        {
            await RequestId.RefuseAsync(context);
            return;
        }

        using var body = await _bodies.ReadAsync(context);
        if (body == null)
        {
            return;
        }

        var findings = new List<Finding>();
        if (Read(body.Content, findings) is not { } row)
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

        var prediction = _fault.Change(_model.Predict(row));
        if (!double.IsFinite(prediction))
        {
            await JsonAnswer.ProblemAsync(context, StatusCodes.Status500InternalServerError, "The model's prediction is no finite number",
                new Finding("Not a finite number", "prediction", prediction.ToString(CultureInfo.InvariantCulture), "a finite number", "the model must not be asked so far from its training data, or is broken"));
            return;
        }

        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, new PredictionAnswer(prediction, options.Version, id));
    }

    private double[]? Read(byte[] body, List<Finding> findings)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return _reader.Read(document.RootElement, "body", findings);
        }
        catch (JsonException problem)
        {
            findings.Add(new("Not JSON", string.Create(CultureInfo.InvariantCulture, $"body, line {problem.LineNumber + 1}"), null, "one JSON object of named features", "correct the body"));
            return null;
        }
    }
}
