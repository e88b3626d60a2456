using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>A copy of what a gateway elsewhere holds of predictions: replaced whole, so that no line is there twice.</summary>
internal static class CopiedPredictions
{
    /// <summary>Replaces it.</summary>
    /// <param name="folder">Where the copy is.</param>
    /// <param name="copyAsync">Copies into an empty folder; whether there was anything.</param>
    /// <param name="cancellationToken">Ends it; the copy stays as it was.</param>
    public static async Task ReplaceAsync(
        string folder, Func<string, CancellationToken, Task<bool>> copyAsync, CancellationToken cancellationToken)
    {
        var copy = folder + ".copied";
        Clear(copy);
        PrivateFile.CreateFolder(copy);
        if (await copyAsync(copy, cancellationToken))
        {
            Clear(folder);
            Directory.Move(copy, folder);
        }

        Clear(copy);
    }

    private static void Clear(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
