using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Telemetry;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Model;

/// <summary>
/// What a model server in a container is to do: what its image says, and what whoever started the container says in variables.
/// </summary>
internal static class ContainedModel
{
    /// <summary>The port for predictions.</summary>
    public static int Port(Func<string, string?> variable) =>
        Number(variable(ContainedModelOptions.PortVariable)) ?? ContainedModelOptions.UsualPort;

    /// <summary>Both together. No file is written, and nobody administers it: the engine knows who it is.</summary>
    /// <param name="image">What the image says.</param>
    /// <param name="port">The port that the command line names, or null.</param>
    /// <param name="variable">Gives a variable's value, or null.</param>
    /// <param name="tell">Told of variables that are not used.</param>
    public static ModelServerOptions Read(
        ContainedModelOptions image, int? port, Func<string, string?> variable, Action<string> tell) => new(
        new("", "", "", "", "", DateTimeOffset.UnixEpoch), image.Pipeline, Number(variable(ContainedModelOptions.VersionVariable)) ?? 0,
        image.ModelFile,
        variable(ContainedModelOptions.DigestVariable) ?? image.ModelDigest,
        Json<FaultOptions>(variable(ContainedModelOptions.FaultVariable)))
    {
        Telemetry = OtlpSettings.TryOf("metrics", variable, tell), Port = port ?? Port(variable), Known = image.Known,
        Origin = Json<ServedOrigin>(variable(ContainedModelOptions.OriginVariable)) ?? ServedOrigin.Any,
    };

    private static T? Json<T>(string? text)
        where T : class => text is { Length: > 0 } ? CanonicalJson.Deserialize<T>(System.Text.Encoding.UTF8.GetBytes(text)) : null;

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
