using System.Text.Json.Nodes;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Alerts;

/// <summary>Posts alerts as JSON for programs; receivers put those with one <c>id</c> together.</summary>
public sealed class WebhookChannel(Uri address, TimeProvider time) : IAlertChannel, IDisposable
{
    private readonly WebhookPost _post = new(address, time);

    /// <inheritdoc />
    public string Name => "webhook";

    /// <inheritdoc />
    public bool IsQuiet => false;

    /// <inheritdoc />
    public Task TellAsync(Alert alert, CancellationToken cancellationToken)
    {
        var body = (JsonObject)JsonNode.Parse(CanonicalJson.Serialize(alert))!;
        body["text"] = AlertText.Plain(alert);
        return _post.SendAsync(body, $"{alert.Id}-{alert.State}", cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _post.Dispose();
}
