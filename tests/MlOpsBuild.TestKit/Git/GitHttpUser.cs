namespace MlOpsBuild.TestKit.Git;

/// <summary>Somebody a <see cref="GitHttpServer"/> lets in.</summary>
/// <param name="Name">The name, without a colon.</param>
/// <param name="Password">The password, or a token in its place.</param>
/// <param name="Right">What the user may do.</param>
public sealed record GitHttpUser(string Name, string Password, GitHttpRight Right);
