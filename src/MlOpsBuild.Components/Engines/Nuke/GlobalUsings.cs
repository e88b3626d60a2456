global using Nuke.Common;
global using Nuke.Common.CI;
global using Nuke.Common.CI.GitHubActions;
global using Nuke.Common.CI.GitLab;
global using Nuke.Common.Execution;
global using Nuke.Common.IO;
global using Nuke.Common.Tooling;
