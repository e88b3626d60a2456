using Microsoft.AspNetCore.Http;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>What a server process does: the model server and the gateway.</summary>
internal interface IServerRole : IAsyncDisposable
{
    string Role { get; }

    ServerFiles Files { get; }

    /// <summary>Port for predictions; 0 takes a free one.</summary>
    int Port { get; }

    /// <summary>Port for administration; 0 takes a free one, where the role is administered at all.</summary>
    int AdminPort { get; }

    /// <summary>A second port for predictions, in a container alone; 0 for none.</summary>
    int OtherPort => 0;

    int Version { get; }

    /// <summary>How much callers may make it hold.</summary>
    ServerLimits Limits { get; }

    /// <summary>Gets ready to answer; called before the ports open.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Answers on the port for predictions.</summary>
    Task HandleAsync(HttpContext context);

    /// <summary>Answers an authenticated request on the admin port that is not about the process itself.</summary>
    Task AdministerAsync(HttpContext context);
}
