using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>Makes the web host of a server process: bounded bodies, connections and times.</summary>
internal static class ServerHost
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>A host that is not started yet.</summary>
    /// <param name="limits">How much callers may make it hold.</param>
    /// <param name="listen">Opens its ports.</param>
    public static WebApplication Create(ServerLimits limits, Action<KestrelServerOptions> listen)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.BodyBytes;
            kestrel.Limits.MaxConcurrentConnections = limits.Connections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(limits.BodySeconds);
            kestrel.Limits.MinRequestBodyDataRate = new(limits.BodyBytes / limits.BodySeconds, Grace);
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
            listen(kestrel);
        });
        return builder.Build();
    }
}
