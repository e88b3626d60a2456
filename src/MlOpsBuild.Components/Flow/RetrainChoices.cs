namespace MlOpsBuild.Components.Flow;

/// <summary>What the caller said of training anew.</summary>
/// <param name="Now">Whether it is trained whatever the policy says.</param>
/// <param name="Data">A file instead of the pipeline's own source.</param>
/// <param name="Server">Folder of the server program.</param>
/// <param name="Image">How its image is made; null for none.</param>
/// <param name="Deploy">How it is deployed, where the policy says so.</param>
internal sealed record RetrainChoices(bool Now, string? Data, string? Server, ImageChoices? Image, DeployChoices Deploy);
