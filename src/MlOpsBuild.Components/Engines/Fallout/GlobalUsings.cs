global using Fallout.Common;
global using Fallout.Common.CI;
global using Fallout.Common.CI.GitHubActions;
global using Fallout.Common.CI.GitLab;
global using Fallout.Common.Execution;
global using Fallout.Common.IO;
global using Fallout.Common.Tooling;
global using INukeBuild = Fallout.Common.IFalloutBuild;
global using NukeBuild = Fallout.Common.FalloutBuild;
