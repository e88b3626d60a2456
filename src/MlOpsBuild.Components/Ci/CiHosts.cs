namespace MlOpsBuild.Components;

/// <summary>Build servers whose files <c>GenerateCi</c> writes.</summary>
[Flags]
public enum CiHosts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>GitHub Actions: <c>.github/workflows/mlops.yml</c>.</summary>
    GitHub = 1,

    /// <summary>GitLab CI: <c>.gitlab-ci.yml</c>.</summary>
    GitLab = 2,

    /// <summary>Azure Pipelines: <c>azure-pipelines.yml</c>.</summary>
    AzurePipelines = 4,

    /// <summary>Jenkins, a multibranch pipeline: <c>Jenkinsfile</c>.</summary>
    Jenkins = 8,

    /// <summary>CircleCI: <c>.circleci/config.yml</c>.</summary>
    CircleCi = 16,
}
