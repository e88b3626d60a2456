namespace MlOpsBuild.Architecture.Tests.Documents;

/// <summary>A document of <c>src/docs</c> that is made from the sources.</summary>
internal static class ApprovedDocument
{
    /// <summary>Compares; <c>MLOPS_APPROVE=1</c> writes it anew.</summary>
    public static void Require(string file, string text)
    {
        var path = Path.Combine(Repository.Root, "src", "docs", file);
        if (Environment.GetEnvironmentVariable("MLOPS_APPROVE") == "1")
        {
            File.WriteAllText(path, text);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(text, "set MLOPS_APPROVE=1 and run this test to renew the file");
    }
}
