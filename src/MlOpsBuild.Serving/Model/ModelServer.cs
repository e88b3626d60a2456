using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
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
    private TrainedModel _model = null!;
    private RowReader _reader = null!;

    public string Role => "model server";

    public ServerFiles Files => options.Files;

    public int Port => 0;

    public int Version => options.Version;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(options.ModelFile, cancellationToken);
        if (Digest.Of(content) != Digest.Parse(options.ModelDigest))
        {
            throw new StageFailedException(new Finding("The model file is not the model that was deployed", options.ModelFile, Digest.Of(content).ToString(), options.ModelDigest));
        }

        _model = CanonicalJson.Deserialize<TrainedModel>(content);
        _reader = new RowReader(_model.Fields);
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
        var findings = new List<Finding>();
        double[]? row = null;
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            row = _reader.Read(document.RootElement, "body", findings);
        }
        catch (JsonException problem)
        {
            findings.Add(new("Not JSON", string.Create(CultureInfo.InvariantCulture, $"body, line {problem.LineNumber + 1}"), null, "one JSON object of named features", "correct the body"));
        }

        if (row == null)
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

        var id = context.Request.Headers[ServerHeaders.RequestId].ToString() is { Length: > 0 } given ? given : context.TraceIdentifier;
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, new PredictionAnswer(_fault.Change(_model.Predict(row)), options.Version, id));
    }
}
