namespace MlOpsBuild.Online;

/// <summary>Reads the file that a pointer names while others write.</summary>
internal static class PointedFile
{
    /// <summary>
    /// What <paramref name="read"/> makes of the file that counts. One that is gone before it is opened was replaced more than once
    /// since its name was read: then another one counts, and only one that still counts is missing.
    /// </summary>
    /// <param name="path">Reads which file counts.</param>
    /// <param name="read">Reads the file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FileNotFoundException">The file that counts is not there.</exception>
    public static async Task<T> ReadAsync<T>(
        Func<string> path, Func<string, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var missing = "";
        while (true)
        {
            var counting = path();
            try
            {
                return await read(counting, cancellationToken);
            }
            catch (FileNotFoundException) when (counting != missing)
            {
                missing = counting;
            }
        }
    }
}
