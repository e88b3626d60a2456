using System.Text.Json;

namespace MlOpsBuild.Components.Agents;

/// <summary>One command of the build, as a model sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, for the model.</param>
/// <param name="Permission">What <c>--allow</c> must say; null for one that only looks.</param>
/// <param name="Schema">Its arguments, as JSON Schema.</param>
/// <param name="Words">The command line that it stands for; null for the report, which is read where it lies.</param>
internal sealed record AgentTool(
    string Name, string Description, string? Permission, JsonElement Schema, Func<AgentArguments, IReadOnlyList<string>>? Words);
