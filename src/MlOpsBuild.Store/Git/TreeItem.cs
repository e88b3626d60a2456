namespace MlOpsBuild.Store.Git;

/// <summary>What stands in a folder of a tree.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its object.</param>
/// <param name="IsFile">Whether it is a file, and no folder.</param>
internal sealed record TreeItem(string Name, string Id, bool IsFile);
