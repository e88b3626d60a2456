@echo off
rem Finds the SDK and starts the build program; exit code 75 means its sources changed: build it and start again.
setlocal
set "ROOT=%~dp0"
set "STATE=%ROOT%.nuke\temp\build"
set "FOLDER=build"
rem On NUKE (MLOPS_PACKAGES=full) and Fallout (fallout) the program is another one, and does not check itself: it is built each time.
set "OTHER="
if "%MLOPS_PACKAGES%"=="full" set OTHER=1
if "%MLOPS_PACKAGES%"=="fallout" set OTHER=1
if defined OTHER set "STATE=%STATE%-%MLOPS_PACKAGES%"
set "MLOPS_ROOT=%ROOT:~0,-1%"
rem NUKE looks for it from the working directory upwards.
if defined OTHER set "NUKE_ROOT=%ROOT:~0,-1%"
set "MLOPS_START_SCRIPT=%~f0"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
where dotnet >nul 2>nul
if errorlevel 1 (
  echo The .NET SDK 10 is missing; install it with: winget install Microsoft.DotNet.SDK.10 1>&2
  exit /b 2
)
if defined OTHER goto rebuild
if not exist "%STATE%\current" goto rebuild
:start
set /p PROGRAM=<"%STATE%\current"
dotnet "%STATE%\programs\%PROGRAM%\_build.dll" %*
if not errorlevel 75 exit /b %ERRORLEVEL%
if errorlevel 76 exit /b %ERRORLEVEL%
:rebuild
if not exist "%STATE%\programs" mkdir "%STATE%\programs"
if not exist "%ROOT%.nuke\temp\.gitignore" >"%ROOT%.nuke\temp\.gitignore" echo *
:lock
mkdir "%STATE%\lock" 2>nul
if errorlevel 1 (
  ping -n 2 127.0.0.1 >nul
  goto lock
)
echo Building the build program ... 1>&2
type nul > "%STATE%\started"
dotnet build "%ROOT%%FOLDER%\_build.csproj" -c Release -graph -v quiet -nologo -clp:NoSummary -p:MlOpsBootstrap=true -nodeReuse:false > "%STATE%\log" 2>&1
if errorlevel 1 (
  findstr /c:"error" "%STATE%\log" 1>&2
  echo The build program does not compile; nothing was run. 1>&2
  rmdir /s /q "%STATE%\lock"
  exit /b 1
)
set "PROGRAM=%RANDOM%%RANDOM%"
xcopy /e /i /q /y "%STATE%\bin\_build\release" "%STATE%\programs\%PROGRAM%" >nul
if not defined OTHER dotnet "%STATE%\programs\%PROGRAM%\_build.dll" :stamp "%STATE%\started" "%FOLDER%"
>"%STATE%\current" echo %PROGRAM%
rmdir /s /q "%STATE%\lock"
goto start
