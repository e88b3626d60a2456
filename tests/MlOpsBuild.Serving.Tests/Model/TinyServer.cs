using System.Text;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Model.Tests;

/// <summary>A model server on a model of one feature, asked without a network.</summary>
internal sealed class TinyServer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServerLog _log;

    public TinyServer(FaultOptions? fault = null, Digest? digest = null, TimeProvider? time = null, TrainedModel? model = null)
    {
        var content = CanonicalJson.Serialize(model ?? Model);
        File.WriteAllBytes(_folder["model.json"], content);
        _log = new(_folder["server.log"], TimeProvider.System);
        Server = new(
            new(
                new("id", "token", _folder["ready.json"], _folder["server.log"], "", DateTimeOffset.UnixEpoch), "Tiny", 3,
                _folder["model.json"], (digest ?? Digest.Of(content)).ToString(), fault) { Known = [new("wind", FieldKind.Real)] },
            time ?? TimeProvider.System, _log);
    }

    public static LinearModel Model { get; } = new()
    {
        Target = "demand",
        Fields = [new FieldRule("temperature", FieldKind.Real, -50, 60)],
        Scale = TargetTransform.Log1p,
        Transform = new([new NumberTerm("temperature", 0, 11.3, 7.7)]),
        Intercept = 4.9,
        Coefficients = [0.37],
    };

    public ModelServer Server { get; }

    public async Task<(int Status, string Body, IHeaderDictionary Headers)> AskAsync(
        string method, string path, string body = "", string? id = null)
    {
        var context = new DefaultHttpContext();
        using var answer = new MemoryStream();
        (context.Request.Method, context.Request.Path, context.Response.Body) = (method, path, answer);
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        if (id != null)
        {
            context.Request.Headers[ServerHeaders.RequestId] = id;
        }

        await Server.HandleAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()), context.Response.Headers);
    }

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }
}
